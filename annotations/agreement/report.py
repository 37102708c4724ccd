"""Everything that is said about the agreement of some ratings, in one mapping. Pure."""

from typing import TypedDict

from annotations.agreement import bootstrap, measures
from annotations.agreement.measures import Figure
from annotations.agreement.ratings import CATEGORIES, Ratings


class Pair(TypedDict):
    """Cohen's kappa of two reviewers over the `n` claims both labelled."""

    reviewers: list[str]
    kappa: float | None
    n: int
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
    n_claims: int
    n_pairable: int
    n_labels: int
    n_abstained: int
    undefined_reason: str | None
    undefined: dict[str, str]


def summary(ratings: Ratings, *, draws: int = bootstrap.DRAWS, seed: int) -> Summary:
    """All measures of `ratings`, with the bootstrap interval of alpha made with `draws` and `seed`."""
    alpha = measures.alpha(ratings)
    ac1, percent, fleiss = measures.ac1(ratings), measures.percent(ratings), measures.fleiss(ratings)
    per_label = {label: measures.label_alpha(ratings, label) for label in CATEGORIES}
    interval = bootstrap.interval(ratings, draws=draws, seed=seed)
    reasons = {
        "alpha": alpha.undefined_reason,
        "ci": interval.undefined_reason,
        "ac1": ac1.undefined_reason,
        "percent": percent.undefined_reason,
        "fleiss": fleiss.undefined_reason,
        **{f"per_label.{label}": figure.undefined_reason for label, figure in per_label.items()},
    }
    return {
        "alpha": alpha.value,
        "ci": None if interval.low is None or interval.high is None else [interval.low, interval.high],
        "ci_method": interval.method,
        "ac1": ac1.value,
        "percent": percent.value,
        "per_label": {label: figure.value for label, figure in per_label.items()},
        "pairwise": [_pair(pair.reviewers, pair.kappa, pair.n) for pair in measures.pairwise(ratings)],
        "fleiss": fleiss.value,
        "n_claims": ratings.n_claims,
        "n_pairable": ratings.n_pairable,
        "n_labels": ratings.n_labels,
        "n_abstained": ratings.n_abstained,
        "undefined_reason": alpha.undefined_reason,
        "undefined": {measure: reason for measure, reason in reasons.items() if reason},
    }


def _pair(reviewers: tuple[str, str], kappa: Figure, n: int) -> Pair:
    return {"reviewers": list(reviewers), "kappa": kappa.value, "n": n, "undefined_reason": kappa.undefined_reason}
