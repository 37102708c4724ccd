"""The page of figures: closed work alone, numbers behind every picture, who labelled how much for managers."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from annotations.labelling.services import close_article, save_label
from annotations.verification.moves import move_claim
from tests.factories.claims import FACT, Desk, desk, disputed, fact, hand_in_all, label, opened, said, verified
from tests.live.test_pages import page, words

pytestmark = pytest.mark.django_db
FIGURES = "/projects/desk/figures/"
PICTURES = {"standing", "labels", "alpha", "heat", "throughput"}
WORDS = {"A": "attributed_statement", "F": "verifiable_fact", "O": "opinion", "U": "unsure"}


@pytest.fixture
def at() -> Desk:
    return desk()


def labelled(at: Desk, *patterns: str) -> None:
    """An article with a claim for each pattern, a letter for ben's and cleo's label."""
    claims = opened(at, *(f"Sentence {number}." for number in range(len(patterns))))
    for claim, pattern in zip(claims, patterns, strict=True):
        label(at, claim, **{name: WORDS[letter] for name, letter in zip(("ben", "cleo"), pattern, strict=True)})
    close_article(at.ann, article_id=claims[0].article_id)


def part(text: str, name: str) -> str:
    """One section of the page."""
    return text.split(f'aria-labelledby="{name}"')[1].split("</section>", maxsplit=1)[0]


def table(text: str, name: str) -> list[str]:
    """The rows of the table behind one picture, in words."""
    body = part(text, name).split("<tbody>")[1]
    return [words(row) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]


def test_every_picture_has_a_title_a_description_and_its_numbers(at: Desk) -> None:
    labelled(at, "AA", "FF", "OO", "AF", "AO")
    text = page(at, "ann", FIGURES)
    for name in PICTURES:
        section = part(text, name)
        assert f'<title id="{name}-chart-title">' in section and f'<desc id="{name}-chart-desc">' in section
        assert f'aria-labelledby="{name}-chart-title {name}-chart-desc"' in section
        assert "<summary>The numbers</summary>" in section and "<tbody>" in section
    assert "style=" not in text


def test_the_numbers_are_those_of_the_project(at: Desk) -> None:
    labelled(at, "AA", "FF", "OO", "AF", "AU")
    text = page(at, "ben", FIGURES)
    assert table(text, "standing") == ["agreed 2 40.0 %", "disputed 2 40.0 %", "closed 1 20.0 %"]
    assert table(text, "labels") == [
        "❝ A attributed statement 1 4",
        "◆ F verifiable fact 1 3",
        "~ O opinion 1 2",
        "? U unsure – 1",
        "∅ N not a claim 0 0",
        "not settled 2 –",
    ]
    assert "1 of 4 pairs of labels differ." in words(text)
    assert "❝ A attributed statement ◆ F verifiable fact 1 25.0 %" in table(text, "heat")
    [row] = table(text, "alpha")
    assert re.fullmatch(r".+ 0\.\d{3} -?[01]\.\d{3} – 1\.000 5 4", row), row
    assert row.split()[-5] in words(page(at, "ben", "/projects/desk/agreement/"))


def test_a_figure_that_is_not_defined_is_a_gap(at: Desk) -> None:
    fact(at)
    section = part(page(at, "ben", FIGURES), "alpha")
    assert "chart-dot" not in section and "×" in section
    assert "At 1 point (×) alpha is not defined" in words(section)
    assert "undefined: all labels equal" in section


def test_only_managers_see_who_labelled_how_much(at: Desk) -> None:
    labelled(at, "AA", "FF")
    for name in ("vic", "ben", "dora"):
        assert "Who labelled how much" not in page(at, name, FIGURES)
    assert [row.split()[:2] for row in table(page(at, "ann", FIGURES), "throughput")] == [["ben", "2"], ["cleo", "2"]]


@pytest.mark.parametrize("name", ["ann", "cleo", "vic"])
def test_open_work_moves_nothing(at: Desk, name: str) -> None:
    labelled(at, "AF", "OO")
    [claim] = opened(at, FACT)
    before = page(at, name, FIGURES)
    label(at, claim, ben="opinion")
    assert page(at, name, FIGURES) == before
    label(at, claim, ben="verifiable_fact", dora="opinion")
    assert page(at, name, FIGURES) == before


def test_void_claims_and_later_labels_do_not_count(at: Desk) -> None:
    claim = verified(at)
    before = page(at, "ann", FIGURES)
    save_label(at.ben, claim_id=claim.pk, content=said("opinion"))
    move_claim(at.ann, claim_id=disputed(at).pk, to="void", reason="A slip.")
    assert page(at, "ann", FIGURES) == before


def test_an_empty_page_says_what_will_be_here(at: Desk) -> None:
    text = page(at, "ann", FIGURES)
    assert text.count("will be here once") == 4 and "will be counted here once" in text
    assert 'class="chart' not in text
    [claim] = opened(at, FACT)
    hand_in_all(at, claim)
    assert 'class="chart' not in page(at, "vic", FIGURES)
    assert table(page(at, "ben", FIGURES), "standing") == ["labelling 1 100.0 %"]


def test_places_have_no_commas_in_any_language(at: Desk) -> None:
    labelled(at, "AA", "FF", "OO", "AF")
    with translation.override("de"):
        text = page(at, "ann", FIGURES)
    assert not re.findall(r' (?:x|y|x1|x2|y1|y2|width|height|fill-opacity)="[^"]*,[^"]*"', text)


def test_it_takes_as_many_queries_whatever_there_is(at: Desk) -> None:
    labelled(at, "AF")
    with CaptureQueriesContext(connection) as few:
        page(at, "ann", FIGURES)
    labelled(at, *["AF", "OO"] * 10)
    with CaptureQueriesContext(connection) as many:
        page(at, "ann", FIGURES)
    assert len(many) == len(few)
