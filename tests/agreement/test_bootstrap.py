"""The interval of alpha."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.agreement import measures
from annotations.agreement.bootstrap import DRAWS, interval
from annotations.agreement.ratings import Ratings
from tests.agreement.tables import FORTY, TWELVE, UNANIMOUS, ratings, rows

settled = settings(deadline=None, derandomize=True, max_examples=50)


def bounds(table: str, articles: list[str] | None = None, *, draws: int = DRAWS, seed: int = 7) -> list[float]:
    drawn = interval(ratings(table, articles), draws=draws, seed=seed)
    assert drawn.low is not None
    assert drawn.high is not None
    return [drawn.low, drawn.high]


def redrawn(table: str, articles: list[str], seed: int, draws: int) -> list[float]:
    """The same by the definition: draw articles one by one, write their claims out again, measure the whole."""
    random = np.random.default_rng(seed)
    names = sorted(set(articles))
    by_article = {name: [row for row in rows(table, articles) if row[1] == name] for name in names}
    alphas = []
    for _ in range(draws):
        again = [
            ((copy, claim), copy, reviewer, label)
            for copy, name in enumerate(random.choice(names, len(names)))
            for claim, _, reviewer, label in by_article[name]
        ]
        alphas.append(measures.alpha(Ratings.of(again)).value)
    return [float(bound) for bound in np.quantile([alpha for alpha in alphas if alpha is not None], [0.025, 0.975])]


def test_the_twelve_units_with_seed_seven() -> None:
    assert bounds(TWELVE) == pytest.approx([0.2686545842217484, 0.8870983431655579], abs=1e-12)


def test_another_seed_draws_another_interval_around_the_same_alpha() -> None:
    assert bounds(TWELVE, seed=8) != bounds(TWELVE)
    assert bounds(TWELVE, seed=8) == pytest.approx(bounds(TWELVE), abs=0.05)


def test_drawing_claims_agrees_with_drawing_them_one_by_one() -> None:
    units = TWELVE.split()
    one_by_one = redrawn(TWELVE, [f"{place:02}" for place in range(len(units))], seed=1, draws=3_000)
    assert bounds(TWELVE) == pytest.approx(one_by_one, abs=0.06)


def test_drawing_articles_agrees_with_drawing_them_one_by_one() -> None:
    table, articles = "AAA AAF FFF AAO OOO OAO FFF AAA FOF AAA OOF FFA", list("aabbccddeeff")
    one_by_one = redrawn(table, articles, seed=1, draws=3_000)
    assert bounds(table, articles) == pytest.approx(one_by_one, abs=0.06)
    assert bounds(table, articles) != pytest.approx(bounds(table), abs=0.01)


def test_whole_articles_are_drawn() -> None:
    low, high = bounds("AA AF FF " * 5, [name for name in "abcde" for _ in range(3)])
    assert low == pytest.approx(high, abs=1e-12)


def test_it_says_what_it_drew() -> None:
    one = interval(ratings(TWELVE), draws=500, seed=3)
    assert one.method == "percentile bootstrap over claims, 500 draws, seed 3"
    several = interval(ratings(TWELVE, list("aaaabbbbcccc")), draws=500, seed=3)
    assert several.method == "percentile bootstrap over articles, 500 draws, seed 3"


def test_claims_are_drawn_where_only_one_article_has_pairable_ones() -> None:
    table = ratings("AAA AAF FFF A..", ["a", "a", "a", "b"])
    assert interval(table, seed=1).over == "claims"


def test_draws_without_variation_are_left_out_and_counted() -> None:
    drawn = interval(ratings(FORTY), draws=2_000, seed=7)
    # Neither of two claims out of forty is drawn with probability 0.95 ** 40 = 0.1285.
    assert drawn.left_out == pytest.approx(257, abs=60)
    assert drawn.method.endswith(f"{drawn.left_out} draws without variation left out")


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("", "undefined: no claim with two labels"),
        ("A. .F", "undefined: no claim with two labels"),
        (UNANIMOUS, "undefined: all labels equal"),
        ("AF A.", "undefined: only one claim with two labels"),
    ],
)
def test_without_variation_to_draw_from_there_is_a_reason_instead(table: str, reason: str) -> None:
    drawn = interval(ratings(table), seed=7)
    assert (drawn.low, drawn.high, drawn.undefined_reason) == (None, None, reason)


@settled
@given(st.lists(st.text("AFO.", min_size=3, max_size=3), min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_claims_and_reviewers_does_not_matter(units: list[str], random: np.random.Generator) -> None:
    articles = [f"article {place % 3}" for place in range(len(units))]
    given_rows = rows(" ".join(units), articles)
    shuffled = list(given_rows)
    random.shuffle(shuffled)
    renamed = [(claim, article, reviewer[::-1], label) for claim, article, reviewer, label in shuffled]
    assert interval(Ratings.of(renamed), draws=200, seed=5) == interval(Ratings.of(given_rows), draws=200, seed=5)


@settled
@given(st.lists(st.text("AFO.", min_size=3, max_size=3), min_size=2, max_size=12))
def test_bounds_are_numbers_in_order_or_there_is_a_reason(units: list[str]) -> None:
    drawn = interval(ratings(" ".join(units)), draws=200, seed=5)
    if drawn.undefined_reason:
        assert drawn.low is drawn.high is None
    else:
        assert drawn.low is not None
        assert drawn.high is not None
        assert -1 <= drawn.low <= drawn.high <= 1


def test_many_different_articles_are_drawn_in_portions_with_the_same_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bounds(TWELVE, list("abcdefghijkl"))
    monkeypatch.setattr("annotations.agreement.bootstrap._CELLS_AT_ONCE", 100)
    assert bounds(TWELVE, list("abcdefghijkl")) == whole
