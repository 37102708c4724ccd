"""Lines of a text for drawing it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles.paragraphs import STRETCH, direction, lines, stretches


@given(st.text(alphabet=st.sampled_from("a \n\u0301\u0627🔥\u2028\x0b\x85\t"), max_size=60))
def test_lines_put_together_are_the_text(text: str) -> None:
    assert "".join(line.content for line in lines(text)) == text
    assert all(line.content.count("\n") <= 1 for line in lines(text))


def test_a_heading_is_the_line_it_begins_in() -> None:
    text = "One.\nHead\n\nTwo. Three."
    found = [(line.content, line.is_heading, line.is_blank) for line in lines(text, {5, 0})]
    assert found == [
        ("One.\n", True, False),
        ("Head\n", True, False),
        ("\n", False, True),
        ("Two. Three.", False, False),
    ]
    assert [line.is_heading for line in lines(text, [16])] == [False, False, False, True]


@pytest.mark.parametrize(
    ("language", "side"), [("ar", "rtl"), ("ar-EG", "rtl"), ("HE", "rtl"), ("en", "ltr"), ("", "ltr")]
)
def test_direction(language: str, side: str) -> None:
    assert direction(language) == side


@given(st.lists(st.integers(min_value=1, max_value=9_000), max_size=30))
def test_stretches_hold_every_line_once_and_are_of_a_size(lengths: list[int]) -> None:
    text = list(lines("\n".join("a" * length for length in lengths)))
    found = list(stretches(text))
    assert [line for stretch in found for line in stretch] == text
    sizes = [[len(line.content) for line in stretch] for stretch in found]
    assert all(sum(size) >= STRETCH for size in sizes[:-1])
    assert all(sum(size[:-1]) < STRETCH for size in sizes)
