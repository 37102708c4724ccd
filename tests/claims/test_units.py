"""Offsets in other units, against counting one character after the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.units import Offsets, Unit

WIDTH = {
    Unit.CODE_POINT: lambda character: 1,
    Unit.UTF16: lambda character: len(character.encode("utf-16-le")) // 2,
    Unit.BYTE: lambda character: len(character.encode()),
}
TEXTS = st.text(st.sampled_from("ab\n é\u0301ق€👩🏽\u200d🚒𝒳"), max_size=40) | st.text(max_size=40)


@pytest.mark.parametrize("unit", list(Unit))
@given(text=TEXTS)
def test_every_offset_is_found_or_lies_inside_a_character(unit: Unit, text: str) -> None:
    offsets, wanted, at = Offsets(text, unit), {0: 0}, 0
    for place, character in enumerate(text, 1):
        at += WIDTH[unit](character)
        wanted[at] = place
    assert offsets.length == at
    assert {place: offsets.code_point(place) for place in range(-3, at + 4)} == {
        place: wanted.get(place) for place in range(-3, at + 4)
    }


def test_numbers_no_text_has() -> None:
    offsets = Offsets("a🚒b", Unit.UTF16)
    assert [offsets.code_point(place) for place in (-1, 2, 5, 2**70, -(2**70))] == [None] * 5
