"""Tables of labels in print, with every figure of ours that their source prints, in the digits it prints.

Sources that are not at hand themselves are cited with where their table and figures were read: DKPro Statistics 2
("DKPro", its tests by publication), the package irrCAC of R with its vignette and data sets and its tests in Python
("irrCAC"), statsmodels' and nltk's own tests.
"""

from dataclasses import dataclass
from itertools import chain, product

from tests.agreement.definitions import Units

FIGURES = {"alpha", "ac1", "percent", "fleiss", "brennan_prediger", "kappa", "scott"}


@dataclass(frozen=True)
class Printed:
    """A table (one string for each unit, a letter for each rater, `.` missing) and its figures as printed.

    `figures` has names of FIGURES, and `alpha <category>` for a category against the others. Where the source tells
    only how many raters chose each category, the raters' places in a unit mean nothing.
    """

    name: str
    source: str
    categories: str
    units: Units
    figures: dict[str, str]


def crossed(categories: str, *rows: str) -> Units:
    """Units of two raters from their cross table: rows are the first one's categories."""
    cells = chain.from_iterable(map(int, row.split()) for row in rows)
    return [a + b for (a, b), n in zip(product(categories, repeat=2), cells, strict=True) for _ in range(n)]


def counted(categories: str, table: str) -> Units:
    """Units from the number of raters for each category: words of one digit for each category, or `2,0,12`."""
    rows = [map(int, word.split(",") if "," in word else word) for word in table.split()]
    return ["".join(letter * n for letter, n in zip(categories, row, strict=True)) for row in rows]


def rated(*raters: str) -> Units:
    """Units from the labels of each rater, spaces left out."""
    return ["".join(unit) for unit in zip(*(rater.replace(" ", "") for rater in raters), strict=True)]


def times(**units: int) -> Units:
    """Units by how often they occur."""
    return [unit for unit, n in units.items() for _ in range(n)]


FOUR_OBSERVERS = rated("123321412...", "1233224125..", ".33323422513", "12332441251.")
KRIPPENDORFF = "Krippendorff (2004), Content Analysis, 2nd ed."
ZWICK = "Zwick (1988), Another look at interrater agreement, p. 376; DKPro"
RANDOLPH = "Randolph (2005), Free-marginal multirater kappa, p. 17; DKPro"
UNITIZING = "Krippendorff (1995), On the reliability of unitizing contiguous data, p. 57, digitized; DKPro"
FEINSTEIN = "Feinstein and Cicchetti (1990), High agreement but low kappa: I"
DATASETS = "a data set of irrCAC, from Gwet (2014), Handbook of Inter-Rater Reliability; irrCAC's tests"

TABLES = [
    Printed(
        "two observers, two values",
        f"{KRIPPENDORFF}, p. 224, and (2011), Computing Krippendorff's alpha-reliability, A",
        "01",
        rated("0100000010", "1110010000"),
        {"alpha": "0.095", "percent": "0.600"},
    ),
    Printed(
        "two observers, five values",
        "Krippendorff (2011), Computing Krippendorff's alpha-reliability, B",
        "abcde",
        rated("aabbdcccedda", "babbbccceddd"),
        {"alpha": "0.692"},
    ),
    Printed(
        "four observers, values missing",
        f"{KRIPPENDORFF}, p. 230; Gwet (2014) and the vignette of irrCAC",
        "12345",
        FOUR_OBSERVERS,
        {"alpha": "0.743", "ac1": "0.77544", "percent": "0.8181818", "brennan_prediger": "0.77273"},
    ),
    Printed(
        "three values of two observers",
        f"{KRIPPENDORFF}, p. 227; DKPro",
        "abc",
        times(aa=1, ab=1, bb=4, bc=1, cc=5),
        {"alpha": "0.734", "percent": "0.833"},
    ),
    Printed(
        "three observers",
        "Krippendorff (1980), Content Analysis, p. 139; DKPro",
        "1234",
        ["111", "122", "222", "444", "144", "222", "123", "333", "222"],
        {"alpha": "0.642", "alpha 1": "0.381", "alpha 2": "0.711", "alpha 3": "0.717"} | {"alpha 4": "0.764"},
    ),
    Printed(
        "even disagreement",
        f"{KRIPPENDORFF}, p. 246; DKPro",
        "abc",
        crossed("abc", "12 9 9", "9 14 9", "9 9 20"),
        {"percent": "0.460", "brennan_prediger": "0.190", "scott": "0.186", "kappa": "0.186"},
    ),
    Printed(
        "disagreement to one side",
        f"{KRIPPENDORFF}, p. 246; DKPro",
        "abc",
        crossed("abc", "12 18 18", "0 14 18", "0 0 20"),
        {"percent": "0.460", "brennan_prediger": "0.190", "scott": "0.186", "kappa": "0.258"},
    ),
    Printed(
        "two kinds of dialogue act",
        "Artstein and Poesio (2008), Inter-coder agreement for computational linguistics, p. 558; DKPro",
        "SI",
        crossed("SI", "20 10", "20 50"),
        {"percent": "0.7", "brennan_prediger": "0.4", "scott": "0.341", "kappa": "0.348"},
    ),
    Printed(
        "three kinds of dialogue act",
        "Artstein and Poesio (2008), p. 568; DKPro",
        "SIC",
        crossed("SIC", "46 0 0", "6 32 6", "0 0 10"),
        {"percent": "0.88", "brennan_prediger": "0.82", "scott": "0.7995", "kappa": "0.8013"},
    ),
    Printed(
        "unequal margins",
        "Brennan and Prediger (1981), Coefficient kappa: some uses, misuses, and alternatives, p. 689; DKPro",
        "123",
        times(**{"11": 50, "21": 10, "22": 10, "23": 10, "31": 20}),
        {"percent": "0.60", "kappa": "0.27", "brennan_prediger": "0.40"},
    ),
    Printed(
        "equal margins",
        "Brennan and Prediger (1981), p. 691; DKPro",
        "123",
        times(**{"11": 50, "13": 10, "22": 10, "23": 10, "31": 10, "32": 10}),
        {"percent": "0.60", "kappa": "0.29", "brennan_prediger": "0.40"},
    ),
    Printed(
        "two hundred cases",
        "Cohen (1960), A coefficient of agreement for nominal scales, p. 45",
        "123",
        crossed("123", "88 14 18", "10 40 10", "2 6 12"),
        {"percent": "0.70", "kappa": "0.492"},
    ),
    Printed(
        "a paradox of kappa, even",
        FEINSTEIN,
        "yn",
        crossed("yn", "40 9", "6 45"),
        {"percent": "0.85", "kappa": "0.70"},
    ),
    Printed(
        "a paradox of kappa, skewed",
        FEINSTEIN,
        "yn",
        crossed("yn", "80 10", "5 5"),
        {"percent": "0.85", "kappa": "0.32"},
    ),
    Printed(
        "psychiatric diagnoses",
        "Fleiss (1971), Measuring nominal scale agreement among many raters",
        "12345",
        counted(
            "12345",
            "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
            "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006",
        ),
        {"fleiss": "0.430", "percent": "0.556"},
    ),
    Printed(
        "half of the psychiatric diagnoses",
        "distrib.6raters in the vignette of irrCAC",
        "12345",
        counted("12345", "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031"),
        {"ac1": "0.4448007", "fleiss": "0.4139265", "alpha": "0.4204384", "brennan_prediger": "0.4388889"}
        | {"percent": "0.5511111"},
    ),
    Printed(
        "fourteen raters",
        "the article on Fleiss' kappa in Wikipedia; statsmodels",
        "12345",
        counted(
            "12345",
            "0,0,0,0,14 0,2,6,4,2 0,0,3,5,6 0,3,9,2,0 2,2,8,1,1 7,7,0,0,0 3,2,6,3,0 2,5,3,2,2 6,5,2,1,0 0,2,2,3,7",
        ),
        {"fleiss": "0.210"},
    ),
    Printed(
        "pregnancies by two abstractors",
        "cont3x3abstractors, from Gwet (2014), in the vignette of irrCAC",
        "EAN",
        crossed("EAN", "13 0 0", "0 20 7", "0 4 56"),
        {"kappa": "0.7964094", "scott": "0.7962397", "ac1": "0.8493305", "brennan_prediger": "0.835"}
        | {"alpha": "0.7972585", "percent": "0.89"},
    ),
    Printed(
        "diagnoses by two methods",
        f"cont4x4diagnosis, {DATASETS}",
        "SBDO",
        crossed("SBDO", "40 4 4 17", "6 25 2 13", "4 1 21 12", "15 5 9 45"),
        {"kappa": "0.432", "scott": "0.430"},
    ),
    Printed(
        "four raters of fifteen subjects by counts",
        "cac.dist4cat in the vignette of irrCAC",
        "abc",
        counted("abc", "301 211 211 202 310 310 040 031 004 310 040 031 022 004 310"),
        {"ac1": "0.3518903"},
    ),
    Printed(
        "five observers, scores missing",
        f"cac.raw5obser, {DATASETS}",
        "0123",
        rated("112.001122.0131", "1130000.2110231", "203000222100221", ".13....0.10022.", "2..0001.2....31"),
        {"ac1": "0.497", "percent": "0.616"},
    ),
    Printed(
        "four raters in two groups",
        f"cac.raw.g1g2, {DATASETS}",
        "abcde",
        rated("abccbadab...bb", "abccbbdabe..ba", ".cccbcdbbeaccc", "abccbddabea.bb"),
        {"ac1": "0.685", "percent": "0.744"},
    ),
    Printed(
        "four raters of women and men",
        f"cac.raw.gender, {DATASETS}",
        "abc",
        rated("aaaaabbbcaaaaab", "aaaababccaaaaba", "abbcaabbcabbcaa", "ccccaabbcccccaa"),
        {"ac1": "0.208", "percent": "0.456"},
    ),
    Printed(
        "Ben and Gerry",
        f"cac.ben.gerry, {DATASETS}",
        "abcde",
        rated("aabbdcccedda", "babbbccce.dd"),
        {"ac1": "0.661", "percent": "0.727"},
    ),
    Printed(
        "high agreement",
        "Gwet (2002), Kappa statistic is not satisfactory for assessing the extent of agreement",
        "yn",
        times(yy=118, yn=7),
        {"ac1": "0.941"},
    ),
    Printed(
        "a table with an empty row",
        "an example printed by SAS; statsmodels",
        "abc",
        crossed("abc", "0 4 1", "0 8 0", "0 1 5"),
        {"kappa": "0.4842"},
    ),
    Printed(
        "anxiety, the second and third rater",
        "anxiety in the package irr of R; statsmodels",
        "123456",
        rated("36462424332333221334", "21443216111233113322"),
        {"kappa": "-0.006289308"},
    ),
    Printed(
        "three raters, even",
        RANDOLPH,
        "yn",
        ["yyy", "yyn", "nny", "nnn"],
        {"percent": "0.67", "fleiss": "0.33", "brennan_prediger": "0.33"},
    ),
    Printed(
        "three raters, skewed",
        RANDOLPH,
        "yn",
        ["yyy", "yyn", "yyn", "yyy"],
        {"fleiss": "-0.2", "brennan_prediger": "0.33"},
    ),
    Printed(
        "eight pathologists",
        "O'Malley et al. (2006), p. 176, in Warrens (2010), Inequalities between multi-rater kappas, p. 284, from "
        "rounded parts, so that its fourth digits (0.8358, 0.8324) are left out here; DKPro",
        "NA",
        times(NNNNNNNN=14, NNNANNNN=1, NNNNNNNA=1, AAAAAAAA=10, AANAAAAN=2, AANANAAN=1, AANANANN=1),
        {"brennan_prediger": "0.836", "fleiss": "0.832"},
    ),
    Printed(
        "uniform margins",
        ZWICK,
        "ABCD",
        crossed("ABCD", "20 0 0 5", "0 10 15 0", "0 15 10 0", "5 0 0 20"),
        {"percent": "0.600", "brennan_prediger": "0.467", "scott": "0.467", "kappa": "0.467"},
    ),
    Printed(
        "equal margins of four",
        ZWICK,
        "ABCD",
        crossed("ABCD", "20 10 10 0", "10 10 0 0", "10 0 10 0", "0 0 0 20"),
        {"percent": "0.600", "brennan_prediger": "0.467", "scott": "0.444", "kappa": "0.444"},
    ),
    Printed(
        "unequal margins of four",
        ZWICK,
        "ABCD",
        crossed("ABCD", "20 5 5 10", "0 10 5 5", "0 5 10 5", "0 0 0 20"),
        {"percent": "0.600", "brennan_prediger": "0.467", "scott": "0.46", "kappa": "0.474"},
    ),
    Printed(
        "slides of carcinoma",
        "Landis and Koch (1977) in Agresti (1992), Modelling patterns of agreement and disagreement, p. 202; DKPro",
        "1234",
        crossed("1234", "22 2 2 0", "5 7 14 0", "0 2 36 0", "0 1 17 10"),
        {"kappa": "0.493"},
    ),
    Printed(
        "parts of speech",
        "Mieskes (2009), Exploring Methods for the Automatic Summarization of Meetings, p. 58; DKPro",
        "UVIRJPNMB",
        [
            "UVU",
            "III",
            "UUU",
            "III",
            "RRR",
            "JJJ",
            "III",
            "PPP",
            "NNR",
            "VBV",
            "PPP",
            "III",
            "RUU",
            "III",
            "MMM",
            "PPP",
            "III",
        ],
        {"percent": "0.84", "fleiss": "0.80"},
    ),
    Printed(
        "Bertha and Bill",
        UNITIZING,
        "01",
        rated("00 11111111 0000 111111 0000", "0000 1111 0000000 11 0000000"),
        {"kappa": "0.385", "scott": "0.314", "alpha": "0.329"},
    ),
    Printed(
        "John and Jill",
        UNITIZING,
        "01",
        rated("111111111111111111 000000", "1111111111 00000000000000"),
        {"kappa": "0.385", "scott": "0.314"},
    ),
    Printed(
        "Gerret and Gill",
        UNITIZING,
        "01",
        rated("00 111111 00 11 00 1111 00 11 00", "11 00 1111 00 1111 00 11 00 11 00"),
        {"kappa": "0.314", "scott": "0.314"},
    ),
    Printed(
        "three coders of dresses",
        "a test of nltk",
        "yn",
        ["ynn", "yn.", "..n"],
        {"alpha": "-0.3333333"},
    ),
]
