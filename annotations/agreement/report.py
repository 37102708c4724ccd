"""Everything that is said about the agreement of some ratings, in one mapping. Pure."""

from typing import TypedDict

from annotations.agreement import bootstrap, crosses, measures
from annotations.agreement.crosses import NOT_TWO, PairFigure
from annotations.agreement.measures import UNEQUAL_NUMBERS, Figure
from annotations.agreement.ratings import Ratings


class Count(TypedDict):
    """What a figure rests on: `n` claims; `missing` ones, closed and marked, lack the labels for it; abstentions."""

    n: int
    missing: int
    abstained: int


class Pair(TypedDict):
    """Agreement of two reviewers over the `n` claims both labelled; `missing` were labelled by only one of them.

    `undefined_reason` is that of kappa and of pi: both are undefined or neither.
    """

    reviewers: list[str]
    kappa: float | None
    pi: float | None
    brennan_prediger: float | None
    n: int
    missing: int
    abstained: int
    undefined_reason: str | None


class Summary(TypedDict):
    """The agreement figures as the API gives them; a figure that is not defined is None.

    `undefined_reason` is that of alpha; `undefined` has one reason for each measure without a figure, with
    `per_label.<label>` for the alpha of a label. Figures are in full precision.
    """

    alpha: float | None
    ci: list[float] | None
    ci_method: str
    ac1: float | None
    percent: float | None
    per_label: dict[str, float | None]
    pairwise: list[Pair]
    fleiss: float | None
    scott: float | None
    brennan_prediger: float | None
    counts: dict[str, Count]
    n_claims: int
    n_pairable: int
    n_labels: int
    n_abstained: int
    undefined_reason: str | None
    undefined: dict[str, str]


def summary(ratings: Ratings, *, draws: int = bootstrap.DRAWS, seed: int) -> Summary:
    """All measures of `ratings`, with the bootstrap interval of alpha made with `draws` and `seed`."""
    figures = {
        "alpha": measures.alpha(ratings),
        "ac1": measures.ac1(ratings),
        "percent": measures.percent(ratings),
        "fleiss": measures.fleiss(ratings),
        "scott": crosses.scott_of_all(ratings),
        "brennan_prediger": measures.brennan_prediger(ratings),
    }
    per_label = {label: measures.label_alpha(ratings, label) for label in ratings.categories}
    interval = bootstrap.interval(ratings, draws=draws, seed=seed)
    reasons = {
        "ci": interval.undefined_reason,
        **{name: figure.undefined_reason for name, figure in figures.items()},
        **{f"per_label.{label}": figure.undefined_reason for label, figure in per_label.items()},
    }
    return {
        "alpha": figures["alpha"].value,
        "ci": None if interval.low is None or interval.high is None else [interval.low, interval.high],
        "ci_method": interval.method,
        "ac1": figures["ac1"].value,
        "percent": figures["percent"].value,
        "per_label": {label: figure.value for label, figure in per_label.items()},
        "pairwise": [_pair(pair) for pair in crosses.pairwise(ratings)],
        "fleiss": figures["fleiss"].value,
        "scott": figures["scott"].value,
        "brennan_prediger": figures["brennan_prediger"].value,
        "counts": {name: _count(figures.get(name), ratings) for name in (*figures, "per_label")},
        "n_claims": ratings.n_claims,
        "n_pairable": ratings.n_pairable,
        "n_labels": ratings.n_labels,
        "n_abstained": ratings.n_abstained,
        "undefined_reason": figures["alpha"].undefined_reason,
        "undefined": {measure: reason for measure, reason in reasons.items() if reason},
    }


def _count(figure: Figure | None, ratings: Ratings) -> Count:
    """What a measure rests on: all pairable claims, or none where it cannot be taken of labels given in this way."""
    n = 0 if figure and figure.undefined_reason in (UNEQUAL_NUMBERS, NOT_TWO) else ratings.n_pairable
    return {"n": n, "missing": ratings.n_claims - n, "abstained": ratings.n_abstained}


def _pair(pair: PairFigure) -> Pair:
    return {
        "reviewers": list(pair.reviewers),
        "kappa": pair.kappa.value,
        "pi": pair.pi.value,
        "brennan_prediger": pair.brennan_prediger.value,
        "n": pair.n,
        "missing": pair.missing,
        "abstained": pair.abstained,
        "undefined_reason": pair.kappa.undefined_reason,
    }
