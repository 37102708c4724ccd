"""Places are the same characters in code units and in code points, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.releases.formats.utf16 import Units

# Emoji of several code points, combining marks, Arabic with vowel marks, the edges of the planes, line ends.
PIECES = ["👩🏽\u200d🚒", "q\u0303", "\u0643\u064e\u062a", "\U0001f1e9\U0001f1ea"]
PIECES += ["\uffff", "\U00010000", "\U0010ffff", "a", "\n"]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))


def units(text: str) -> int:
    """The UTF-16 code units of a text, by Python's own encoder."""
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_place_is_that_of_the_encoder_and_comes_back(text: str) -> None:
    places = Units(text)
    for point in range(len(text) + 1):
        unit = places.unit(point)
        assert unit == units(text[:point])
        assert places.point(unit) == point


@given(TEXTS, st.data())
def test_a_span_holds_the_same_characters(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    places = Units(text)
    encoded = text.encode("utf-16-le")[2 * places.unit(start) : 2 * places.unit(end)]
    assert encoded.decode("utf-16-le") == text[start:end]


@given(TEXTS)
def test_a_place_within_a_character_is_none(text: str) -> None:
    places = Units(text)
    for point, letter in enumerate(text):
        if units(letter) == 2:
            with pytest.raises(ValueError, match="between the two code units"):
                places.point(places.unit(point) + 1)


@pytest.mark.parametrize("place", [-1, 3])
def test_a_place_outside_the_text_is_none(place: int) -> None:
    with pytest.raises(ValueError, match="is not a place in a text of 2 code points"):
        Units("a👩").unit(place)
    with pytest.raises(ValueError, match="is not a place in a text of 3 code units"):
        Units("a👩").point(place + (place > 0))
