"""What is sealed can be read by nobody else, and made by nobody else."""

from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from annotations.web.opaque import MAX_LENGTH, seal, unseal


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_comes_back(text: str) -> None:
    assert unseal("cursor", seal("cursor", text)) == text


def test_says_nothing_and_repeats_itself() -> None:
    sealed = seal("cursor", "event 41")
    assert sealed == seal("cursor", "event 41")
    assert sealed.isascii()
    assert not set(sealed) & set("+/=&?#")
    other = seal("cursor", "event 42")
    same = sum(one == two for one, two in zip(sealed, other, strict=True))
    assert same < len(sealed) / 2


def test_serves_one_purpose() -> None:
    assert unseal("event", seal("cursor", "41")) is None


def test_needs_the_key(settings: Settings) -> None:
    sealed = seal("cursor", "41")
    settings.SECRET_KEY = "another"
    assert unseal("cursor", sealed) is None


@given(st.text(max_size=60))
def test_anything_else_is_refused(text: str) -> None:
    assert unseal("cursor", text) is None


def test_every_changed_character_is_noticed() -> None:
    sealed = seal("cursor", "a position of some length")
    for index, character in enumerate(sealed[:-1]):
        changed = sealed[:index] + ("A" if character != "A" else "B") + sealed[index + 1 :]
        assert unseal("cursor", changed) is None


def test_long_strings_are_not_even_looked_at() -> None:
    assert unseal("cursor", "A" * (MAX_LENGTH + 1)) is None
