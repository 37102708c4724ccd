"""The measures as other people's libraries compute them; runs in the environment of measures.lock, without ours.

Reads tables, one line of JSON each: {"categories", "units", "pairs"}, units being strings with a letter for each rater
(`.` where there is none), `pairs` whether two raters are to be compared. Answers each with a line: for each measure the
value of each library that defines it there, null where the library has none. A measure of two raters is named
`kappa 0 1`, one of a category against the others `alpha A`.
"""

import json
import math
import sys
import warnings
from collections.abc import Callable
from itertools import combinations
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
from agreement.metrics import cohens_kappa, gwets_gamma, krippendorffs_alpha, observed_agreement, s_score, scotts_pi
from irrCAC import raw, table
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats import inter_rater

DIGITS = 12  # irrCAC rounds its figures
Found = dict[str, dict[str, float | None]]


def value(compute: Callable[[], Any]) -> float | None:
    """What a library gives, None where it gives no number."""
    try:
        found = float(compute())
    except (ArithmeticError, AssertionError, IndexError, KeyError, StopIteration, ValueError):
        return None
    return found if math.isfinite(found) else None


def measured(units: list[str], categories: str, *, pairs: bool) -> Found:
    """Every measure by every library that defines it for such a table."""
    labelled = [unit for unit in units if unit.strip(".")]
    counts = np.array([[unit.count(category) for category in categories] for unit in labelled], dtype=float)
    if not len(counts) or counts.sum(axis=1).max() < 2:
        return {}
    full = len({len(unit.replace(".", "")) for unit in units}) == 1
    found = overall(labelled, categories, counts)
    if full:
        found = merged(found, of_full(units, counts, categories))
    for category in categories:
        found[f"alpha {category}"] = of_one(labelled, counts[:, categories.index(category)], counts.sum(axis=1))
    if pairs:
        for one, other in combinations(range(len(units[0])), 2):
            both = [(unit[one], unit[other]) for unit in units if "." not in (unit[one], unit[other])]
            found |= {f"{name} {one} {other}": values for name, values in of_two(both, categories).items() if both}
    return found


def overall(units: list[str], categories: str, counts: np.ndarray) -> Found:
    """Measures of any number of raters with missing labels."""
    found: Found = {
        "alpha": {
            "krippendorff": value(lambda: krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")),
            "nltk": value(lambda: task(units).alpha()),
            "agreement": value(lambda: krippendorffs_alpha(counts)),
        },
        "ac1": {"agreement": value(lambda: gwets_gamma(counts))},
        "percent": {"agreement": value(lambda: observed_agreement(counts))},
        "brennan_prediger": {"agreement": value(lambda: s_score(counts))},
    }
    cac = of_irrcac(units, categories)
    if len(units) > 1:
        found["ac1"]["irrCAC"] = value(lambda: estimate(cac.gwet)["coefficient_value"])
        found["percent"]["irrCAC"] = value(lambda: estimate(cac.gwet)["pa"])
        found["brennan_prediger"]["irrCAC"] = value(lambda: estimate(cac.bp)["coefficient_value"])
    if (counts.sum(axis=1) > 1).sum() > 1:
        found["alpha"]["irrCAC"] = value(lambda: estimate(cac.krippendorff)["coefficient_value"])
    return found


def of_full(units: list[str], counts: np.ndarray, categories: str) -> Found:
    """Measures for tables in which every unit has as many labels."""
    found: Found = {
        "fleiss": {
            "statsmodels": value(lambda: inter_rater.fleiss_kappa(counts, method="fleiss")),
            "agreement": value(lambda: scotts_pi(counts)),
        },
        "brennan_prediger": {"statsmodels": value(lambda: inter_rater.fleiss_kappa(counts, method="rand"))},
    }
    if len(units) > 1:
        cac = of_irrcac([unit.replace(".", "") for unit in units], categories)
        found["fleiss"]["irrCAC"] = value(lambda: estimate(cac.fleiss)["coefficient_value"])
    if not any("." in unit for unit in units):
        found["fleiss"]["nltk"] = value(lambda: task(units).pi())
        found["percent"] = {"nltk": value(lambda: task(units).avg_Ao())}
    return found


def of_one(units: list[str], given: np.ndarray, labels: np.ndarray) -> dict[str, float | None]:
    """Alpha of one category against the others."""
    counts = np.stack([given, labels - given], axis=1)
    binary = ["+" * int(n) + "-" * int(rest) for n, rest in counts]
    return {
        "krippendorff": value(lambda: krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")),
        "nltk": value(lambda: task(binary).alpha()),
        "agreement": value(lambda: krippendorffs_alpha(counts)),
    }


def of_two(both: list[tuple[str, str]], categories: str) -> Found:
    """Measures of two raters over what both labelled."""
    if not both:
        return {}
    cross = pd.DataFrame([[both.count((a, b)) for b in categories] for a in categories])
    counts = np.array([[pair.count(category) for category in categories] for pair in both], dtype=float)
    by_rater = np.array([cross.sum(axis=1), cross.sum(axis=0)], dtype=float)
    one, other = zip(*both, strict=True)
    coded, cac = task(["".join(pair) for pair in both]), table.CAC(cross, digits=DIGITS)
    return {
        "kappa": {
            "scikit-learn": value(lambda: cohen_kappa_score(one, other, labels=list(categories))),
            "statsmodels": value(lambda: inter_rater.cohens_kappa(cross.to_numpy(), return_results=False)),
            "irrCAC": value(lambda: estimate(cac.cohen)["coefficient_value"]),
            "nltk": value(lambda: coded.kappa_pairwise("0", "1")),
            "agreement": value(lambda: cohens_kappa(counts, by_rater)),
        },
        "scott": {
            "irrCAC": value(lambda: estimate(cac.scott)["coefficient_value"]),
            "nltk": value(coded.pi),
            "agreement": value(lambda: scotts_pi(counts)),
        },
        "brennan_prediger": {
            "irrCAC": value(lambda: estimate(cac.bp)["coefficient_value"]),
            "statsmodels": value(lambda: inter_rater.fleiss_kappa(counts, method="rand")),
            "agreement": value(lambda: s_score(counts)),
        },
    }


def of_irrcac(units: list[str], categories: str) -> raw.CAC:
    """The table as irrCAC takes it. Its variances divide by the number of units less one, so it needs two."""
    frame = pd.DataFrame([list(unit) for unit in units]).replace(".", np.nan)
    return raw.CAC(frame, categories=list(categories), digits=DIGITS)


def estimate(coefficient: Callable[[], Any]) -> dict[str, Any]:
    """What irrCAC found, without its weights."""
    found: dict[str, Any] = coefficient()["est"]
    return found


def task(units: list[str]) -> AnnotationTask:
    """The table as nltk takes it."""
    return AnnotationTask(
        [
            (str(rater), str(item), label)
            for item, unit in enumerate(units)
            for rater, label in enumerate(unit)
            if label != "."
        ]
    )


def merged(one: Found, other: Found) -> Found:
    """Both, by measure."""
    return {name: one.get(name, {}) | other.get(name, {}) for name in one | other}


def main() -> None:
    """Answer line by line."""
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    for line in sys.stdin:
        asked = json.loads(line)
        found = measured(asked["units"], asked["categories"], pairs=asked["pairs"])
        print(json.dumps(found, allow_nan=False), flush=True)


if __name__ == "__main__":
    main()
