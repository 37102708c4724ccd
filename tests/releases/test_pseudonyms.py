"""Pseudonyms tell people apart and tell nothing else."""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from annotations.releases.pseudonyms import pseudonyms

KEY = bytes(range(32))


def test_a_name_is_the_head_of_an_hmac() -> None:
    expected = hmac.new(KEY, b"7", hashlib.sha256).hexdigest()[:8]
    assert pseudonyms(KEY, [7]) == {7: f"r-{expected}"}


def test_the_same_key_gives_the_same_names_in_any_order() -> None:
    assert pseudonyms(KEY, [1, 2, 3]) == pseudonyms(KEY, [3, 3, 2, 1])


def test_another_key_gives_other_names() -> None:
    one, other = pseudonyms(KEY, range(100)), pseudonyms(KEY[::-1], range(100))
    assert set(one.values()).isdisjoint(other.values())


def test_equal_heads_make_all_names_longer() -> None:
    people = range(200_000)  # enough that some share their first eight digits under this key
    names = pseudonyms(KEY, people)
    assert len(set(names.values())) == len(people)
    [length] = {len(name) for name in names.values()}
    assert length > len("r-") + 8


@given(st.sets(st.integers(min_value=1), max_size=50))
def test_everybody_has_a_name_of_their_own(people: set[int]) -> None:
    names = pseudonyms(KEY, people)
    assert names.keys() == people
    assert len(set(names.values())) == len(people)
