"""Tables of labels for the tests: written as strings, one letter a label, one column a reviewer, `.` missing."""

from collections import Counter
from collections.abc import Sequence

from annotations.agreement.ratings import CATEGORIES, Ratings

LABELS = dict(zip("AFO", CATEGORIES, strict=True)) | {"u": "unsure", "n": "not_a_claim"}

TWELVE = "AAA AAF FFF AA. OOO OAO FF. AAA FOF A.A OOF ..A"
FORTY = " ".join(["AA"] * 38 + ["AF", "FA"])
UNANIMOUS = " ".join(["AA"] * 10)


def rows(table: str, articles: Sequence[str] | None = None) -> list[tuple[int, str, str, str]]:
    """`(claim, article, reviewer, label)` for each letter; `articles` names the article of each claim."""
    return [
        (place, articles[place] if articles else "one", f"reviewer {column}", LABELS[letter])
        for place, unit in enumerate(table.split())
        for column, letter in enumerate(unit)
        if letter != "."
    ]


def ratings(table: str, articles: Sequence[str] | None = None) -> Ratings:
    return Ratings.of(rows(table, articles))


def tallied(units: Sequence[Sequence[int]]) -> Ratings:
    """Ratings of units given as counts by category (of any number of categories), for tables in print."""
    tallies = Counter(tuple(unit) for unit in units)
    pairable = {tally: count for tally, count in tallies.items() if sum(tally) > 1}
    return Ratings(
        categories=tuple(map(str, range(len(units[0])))),
        tallies=tallies,
        votes={},
        clusters={},
        given={},
        n_claims=len(units),
        n_pairable=sum(pairable.values()),
        n_labels=sum(sum(tally) * count for tally, count in pairable.items()),
        n_abstained=0,
    )
