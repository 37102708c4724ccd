"""A claim in the text around it."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.adjudication.queries import around
from annotations.adjudication.surroundings import REACH, Surroundings, surroundings
from tests.factories.claims import Desk, opened

TEXT = "A heading\n\nFirst. The claim 🌉. Last.\n\n\nThe next one.\nFar away."


def seen(text: str, exact: str) -> Surroundings:
    start = text.index(exact)
    return surroundings(text, start, start + len(exact), more_before=False, more_after=False)


def test_the_paragraph_and_its_neighbours() -> None:
    assert seen(TEXT, "The claim 🌉.") == Surroundings(
        "A heading", "First. ", "The claim 🌉.", " Last.", "The next one."
    )


def test_the_first_and_the_last_have_no_neighbour_on_one_side() -> None:
    assert seen(TEXT, "A heading").before == ""
    assert seen(TEXT, "Far away.") == Surroundings("The next one.", "", "Far away.", "", "")


def test_a_claim_over_several_paragraphs_stays_whole() -> None:
    found = seen(TEXT, "Last.\n\n\nThe next")
    assert (found.lead, found.exact, found.tail) == ("First. The claim 🌉. ", "Last.\n\n\nThe next", " one.")


def test_long_paragraphs_are_cut_at_the_far_side() -> None:
    found = seen("a" * 2000 + "CLAIM" + "b" * 2000, "CLAIM")
    assert found.lead == "…" + "a" * 600
    assert found.tail == "b" * 600 + "…"


def test_a_paragraph_that_goes_on_beyond_the_window_is_marked() -> None:
    found = surroundings("aaCLAIMbb\nnext", 2, 7, more_before=True, more_after=True)
    assert (found.lead, found.tail, found.after) == ("…aa", "bb", "next…")


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60))
def test_the_quote_is_never_touched(before: str, exact: str, after: str) -> None:
    text, start = before + exact + after, len(before)
    found = surroundings(text, start, start + len(exact), more_before=False, more_after=False)
    assert found.exact == exact
    assert before.endswith(found.lead) and after.startswith(found.tail)
    assert "\n" not in found.lead + found.tail + found.before + found.after


def test_only_a_piece_of_the_text_is_fetched(at: Desk) -> None:
    far, near = "x" * (3 * REACH), "It stood 🌉 for years."
    [_, claim, last] = opened(at, far, near, "قال الوزير إن الجسر فُحص.")
    found = around(claim)
    assert found.exact == near
    assert found.before.startswith("…xxx") and len(found.before) < REACH
    assert found.after == last.exact
    assert around(last).before == near
