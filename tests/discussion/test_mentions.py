"""Mentions in a text: who is meant, and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.discussion.mentions import Piece, mentions, pieces

MEMBERS = ["ann", "ben", "ben.k", "réna", "لينا", "x+y@z"]


@pytest.mark.parametrize(
    ("text", "members", "unknown"),
    [
        ("@ann, look", ["ann"], []),
        ("ask @ben.", ["ben"], []),
        ("ask @ben.k.", ["ben.k"], []),
        ("@BEN and @ben", ["ben"], []),
        ("(@réna) and @لينا؟", ["réna", "لينا"], []),
        ("@zoe and @ann", ["ann"], ["zoe"]),
        ("ann@example.org writes", [], []),
        ("@x+y@z!", ["x+y@z"], []),
        ("@@ann or @ alone, @...", [], []),
        ("@annabel", [], ["annabel"]),
        ("🌉@ann", ["ann"], []),
    ],
)
def test_who_is_meant(text: str, members: list[str], unknown: list[str]) -> None:
    assert mentions(text, MEMBERS) == (members, unknown)


def test_pieces_say_which_words_are_a_mention() -> None:
    assert pieces("No, @Ben. Ask @zoe", MEMBERS) == [Piece("No, "), Piece("@Ben", "ben"), Piece(". Ask @zoe")]


words = st.text(st.sampled_from("an b.@+-é🌉ا"), max_size=30)


@given(words, st.lists(st.sampled_from(MEMBERS), unique=True))
def test_pieces_together_are_the_text(text: str, members: list[str]) -> None:
    found = pieces(text, members)
    assert "".join(piece.text for piece in found) == text
    assert {piece.name for piece in found if piece.name} == set(mentions(text, members).members)
    assert all(piece.text.casefold() == f"@{piece.name}".casefold() for piece in found if piece.name)
