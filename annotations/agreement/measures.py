"""Measures of agreement between reviewers, computed exactly and rounded once, to a float. Pure.

Each measure gives a Figure: a value, or the reason why there is none; never NaN, never infinity. Claims with
fewer than two labels are not pairable and count only for the prevalence in Gwet's AC1. Measures of two reviewers
are in `crosses`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from annotations.agreement.ratings import Ratings, Tally
from annotations.messages import gettext as _

NOT_PAIRABLE = _("undefined: no claim with two labels")
ALL_EQUAL = _("undefined: all labels equal")
NEVER_USED = _("undefined: label never used")
UNEQUAL_NUMBERS = _("undefined: claims have different numbers of labels, abstentions not counted")


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's value in full precision, or None with `undefined_reason`."""

    value: float | None
    undefined_reason: str | None = None


def alpha(ratings: Ratings) -> Figure:
    """Krippendorff's alpha for nominal data.

    Source: Krippendorff (2011), "Computing Krippendorff's alpha-reliability", form for nominal data with any
    number of observers and missing values: 1 - (n - 1) * sum(o_ck, c != k) / sum(n_c * n_k, c != k), where the
    coincidences o_ck weigh each pair within a claim of m labels by 1 / (m - 1).
    """
    return _alpha(ratings.tallies)


def label_alpha(ratings: Ratings, label: str) -> Figure:
    """Alpha of one category against the two others taken together.

    Source: Krippendorff (2004), "Content Analysis", chapter 11, on the reliability of single values.

    Undefined, with its own reason, where no pairable claim has the label.
    """
    place = ratings.categories.index(label)
    binary: Counter[Tally] = Counter()
    for tally, count in ratings.tallies.items():
        binary[(tally[place], sum(tally) - tally[place])] += count
    figure = _alpha(binary)
    never_used = not any(tally[0] for tally in _pairable(binary))
    return Figure(None, NEVER_USED) if never_used and figure.undefined_reason == ALL_EQUAL else figure


def percent(ratings: Ratings) -> Figure:
    """Percent agreement: the mean over pairable claims of the share of agreeing pairs of labels.

    Source: Fleiss (1971), "Measuring nominal scale agreement among many raters", its mean of P_i; with
    differing numbers of labels as in Gwet (2014), "Handbook of Inter-Rater Reliability".
    """
    agreement = _observed(ratings.tallies)
    return Figure(None, NOT_PAIRABLE) if agreement is None else Figure(float(agreement))


def ac1(ratings: Ratings) -> Figure:
    """Gwet's AC1 over the three declared categories.

    Source: Gwet (2008), "Computing inter-rater reliability and its variance in the presence of high agreement".
    Chance agreement is sum(p_k * (1 - p_k)) / (q - 1) with q the number of declared categories, used or not, and
    p_k the mean share of category k over every claim that has a label (missing data as in Gwet 2014, "Handbook of
    Inter-Rater Reliability"). It is at most 1/q, so that AC1 is defined wherever a claim is pairable.
    """
    observed = _observed(ratings.tallies)
    if observed is None:
        return Figure(None, NOT_PAIRABLE)
    labelled = {tally: count for tally, count in ratings.tallies.items() if sum(tally)}
    categories = len(next(iter(labelled)))
    chance = Fraction(0)
    for k in range(categories):
        share = _weighted((Fraction(tally[k], sum(tally)), count) for tally, count in labelled.items())
        share /= sum(labelled.values())
        chance += share * (1 - share) / (categories - 1)
    return Figure(float((observed - chance) / (1 - chance)))


def fleiss(ratings: Ratings) -> Figure:
    """Fleiss' kappa, where every claim has the same number of labels.

    Source: Fleiss (1971), "Measuring nominal scale agreement among many raters".
    """
    numbers = {sum(tally) for tally in ratings.tallies}
    if max(numbers, default=0) < 2:
        return Figure(None, NOT_PAIRABLE)
    if len(numbers) > 1:
        return Figure(None, UNEQUAL_NUMBERS)
    observed = _observed(ratings.tallies) or Fraction(0)
    totals = _totals(ratings.tallies)
    return beyond_chance(observed, Fraction(sum(total * total for total in totals), sum(totals) ** 2))


def brennan_prediger(ratings: Ratings) -> Figure:
    """Brennan and Prediger's kappa_n over the declared categories: chance agreement is 1/q, whatever was given.

    Source: Brennan and Prediger (1981), "Coefficient kappa: some uses, misuses, and alternatives"; for several
    reviewers and missing labels as in Gwet (2014), "Handbook of Inter-Rater Reliability", with `percent` as what
    was observed. Defined wherever a claim is pairable.
    """
    observed = _observed(ratings.tallies)
    if observed is None:
        return Figure(None, NOT_PAIRABLE)
    return beyond_chance(observed, Fraction(1, len(next(iter(ratings.tallies)))))


def _alpha(tallies: Mapping[Tally, int]) -> Figure:
    pairable = _pairable(tallies)
    if not pairable:
        return Figure(None, NOT_PAIRABLE)
    totals = _totals(pairable)
    n = sum(totals)
    expected = sum(total * (n - total) for total in totals)
    if not expected:
        return Figure(None, ALL_EQUAL)
    observed = _weighted((Fraction(differing_pairs(tally), sum(tally) - 1), count) for tally, count in pairable.items())
    return Figure(float(1 - (n - 1) * observed / expected))


def differing_pairs(tally: Tally) -> int:
    """How many ordered pairs of labels on one claim differ."""
    return sum(count * (sum(tally) - count) for count in tally)


def _observed(tallies: Mapping[Tally, int]) -> Fraction | None:
    """Mean share of agreeing pairs over the pairable claims, or None where there are none."""
    pairable = _pairable(tallies)
    if not pairable:
        return None
    agreeing = _weighted(
        (1 - Fraction(differing_pairs(tally), sum(tally) * (sum(tally) - 1)), count)
        for tally, count in pairable.items()
    )
    return agreeing / sum(pairable.values())


def beyond_chance(observed: Fraction, chance: Fraction) -> Figure:
    """The share of what chance leaves open that was reached: 1 is full agreement, 0 what chance alone would give."""
    return Figure(None, ALL_EQUAL) if chance == 1 else Figure(float((observed - chance) / (1 - chance)))


def _pairable(tallies: Mapping[Tally, int]) -> dict[Tally, int]:
    return {tally: count for tally, count in tallies.items() if sum(tally) > 1}


def _totals(tallies: Mapping[Tally, int]) -> list[int]:
    """How often each category was given, over all claims."""
    weighted = ([count * given for given in tally] for tally, count in tallies.items())
    return [sum(column) for column in zip(*weighted, strict=True)]


def _weighted(terms: Iterable[tuple[Fraction, int]]) -> Fraction:
    """Sum of `value * count`, gathered by denominator first: there are few of those and many terms."""
    numerators: Counter[int] = Counter()
    for value, count in terms:
        numerators[value.denominator] += value.numerator * count
    return sum((Fraction(numerator, denominator) for denominator, numerator in numerators.items()), Fraction(0))
