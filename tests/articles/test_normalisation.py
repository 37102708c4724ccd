"""What is stored of a text, and how received offsets map to it."""

import hashlib
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotations.articles.normalisation import MAX_BYTES, OffsetMap, TextRejected, decode, normalise

settled = settings(deadline=None, derandomize=True, max_examples=300)

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
# Pieces that no normalisation joins with a neighbour, so that every place between two of them has an image.
ATOMS = [
    *("a", " ", "é", "e\u0301", "n\u0303", "o\u0323\u0302", "o\u0302\u0323", "\r\n", "😀", FAMILY, "👍🏽", "🇫🇷"),
    *("قَالَ", "שָׁלוֹם", "क्षि", "\u0958", "ক\u09cb", "가", "\u1100\u1161\u11a8"),
    *("\u212b", "\u2126", "\u00a0", "\ufb1d", "Å\u0327", "\ufeff", "ﬁ", "豈"),
]
NASTY = (
    "ae\u0301\u0323\u0308\u0327\r\n\ufeff\u0958\u093c\u1100\u1161\u11a8\u0f71\u0f72\u0f73\u09c7\u09be\u212b\U0001d15e😀"
)


def plainly(received: str) -> str:
    """The rule as it is written, step by step."""
    without_mark = received.removeprefix("\ufeff")
    return unicodedata.normalize("NFC", without_mark.replace("\r\n", "\n").replace("\r", "\n"))


def refused(received: str) -> TextRejected:
    with pytest.raises(TextRejected) as caught:
        normalise(received)
    return caught.value


# The stored text.


@pytest.mark.parametrize(
    ("received", "stored"),
    [
        ("One\r\nTwo\rThree\nFour\r\r\n", "One\nTwo\nThree\nFour\n\n"),
        ("\ufeffText", "Text"),
        ("Text\ufeff, \ufeffmarked", "Text\ufeff, \ufeffmarked"),
        ("\ufeff\ufeffText", "\ufeffText"),
        ("cafe\u0301", "café"),
        ("\u212bngstro\u0308m", "Ångström"),
        ("ﬁve ½ ² Ⅳ", "ﬁve ½ ² Ⅳ"),
        ("  kept \t\u00a0\n\n", "  kept \t\u00a0\n\n"),
        ("\u0958", "\u0915\u093c"),
        (f"{FAMILY} 🇫🇷 👍🏽", f"{FAMILY} 🇫🇷 👍🏽"),
        ("“smart” — quotes…", "“smart” — quotes…"),
    ],
)
def test_only_the_mark_the_line_ends_and_the_composition_change(received: str, stored: str) -> None:
    assert normalise(received).text == stored


@settled
@given(st.lists(st.sampled_from(ATOMS)).map("".join) | st.text(NASTY))
def test_every_text_is_stored_by_the_rule(received: str) -> None:
    if not plainly(received).strip():
        assert refused(received).code == "empty"
        return
    stored = normalise(received)
    assert stored.text == plainly(received)
    assert stored.length == len(stored.text)
    assert stored.sha256 == hashlib.sha256(stored.text.encode()).hexdigest()
    assert stored.received_sha256 == hashlib.sha256(received.encode()).hexdigest()


@settled
@given(st.text(NASTY + "قَالَ", min_size=1).map("x".__add__))
def test_a_stored_text_is_stored_as_it_is(received: str) -> None:
    stored = normalise(received)
    again = normalise(stored.text)
    assert (again.text, again.sha256, again.received_sha256) == (stored.text, stored.sha256, stored.sha256)


@pytest.mark.parametrize("marks", ["\u0315\u0300", "\u0344\u0316", "\u0f73", "\u05b0\u0327\u0f71"])
def test_long_runs_of_marks_are_stored_by_the_rule_too(marks: str) -> None:
    for base in ("a", "ǖ", "\u0f73"):
        assert normalise(base + marks * 60 + "b" + marks).text == plainly(base + marks * 60 + "b" + marks)


def test_a_hostile_run_of_marks_comes_to_an_end() -> None:
    # Left to unicodedata alone this takes most of an hour.
    pairs = 1_000_000
    assert normalise("a" + "\u0315\u0300" * pairs).text == "à" + "\u0300" * (pairs - 1) + "\u0315" * pairs


# What is refused.


@pytest.mark.parametrize("received", ["", "\ufeff", " \t\r\n", "\u00a0\u2003\u2028", "\n" * 1_000])
def test_nothing_but_white_space_is_refused(received: str) -> None:
    assert refused(received).code == "empty"


def test_a_nul_is_refused_with_its_position() -> None:
    error = refused("ab\0c")
    assert (error.code, str(error)) == ("nul", "The text has a NUL character at position 2; remove it and try again.")


@pytest.mark.parametrize(("received", "position"), [("ab\ud800", "2"), ("\udfff", "0"), ("😀\ude00", "1")])
def test_a_lone_surrogate_is_refused_with_its_position(received: str, position: str) -> None:
    error = refused(received)
    assert error.code == "surrogate"
    assert f"position {position};" in str(error)


@pytest.mark.parametrize(("letter", "width"), [("a", 1), ("é", 2), ("中", 3), ("😀", 4)])
def test_the_limit_is_one_of_bytes(letter: str, width: int) -> None:
    padding = "a" * (MAX_BYTES % width)
    assert refused(letter * (MAX_BYTES // width) + padding).code == "too_large"
    fits = letter * ((MAX_BYTES - 1) // width)
    assert normalise(fits).length == len(fits)


def test_a_text_that_grows_beyond_the_limit_when_composed_is_refused() -> None:
    received = "\u0958" * (MAX_BYTES // 3 - 1)
    assert len(received.encode()) < MAX_BYTES
    assert refused(received).code == "too_large"


# Files.


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_are_read_in_the_encodings_that_say_what_they_are(encoding: str) -> None:
    text = f"naïve “quote” {FAMILY} قال\r\n"
    assert normalise(decode(text.encode(encoding))).text == text.replace("\r\n", "\n")


def test_utf_16_is_read_in_either_byte_order() -> None:
    assert decode(b"\xff\xfeA\x00") == decode(b"\xfe\xff\x00A") == "\ufeffA"


@pytest.mark.parametrize(
    ("body", "at"),
    [
        (b"ab\xe9cd", "byte 2"),
        (b"\xef\xbb\xbfab\xff", "byte 5"),
        (b"\xff\xfeA\x00\x00\xd8", "byte 4"),
        (b"\xff\xfeA", "byte 2"),
        ("text".encode("utf-32"), "byte 0"),
        ("text".encode("utf-32-be"), ""),
        (b"\xed\xa0\x80", "byte 0"),
    ],
)
def test_other_files_are_refused_with_the_byte(body: bytes, at: str) -> None:
    with pytest.raises(TextRejected) as caught:
        normalise(decode(body))
    assert caught.value.code in ("encoding", "nul")
    assert at in str(caught.value)


# Offsets.


def test_offsets_behind_the_mark_and_line_ends_move_up() -> None:
    places = OffsetMap("\ufeffa\r\nb\r\nc")
    assert [places.map_offset(offset) for offset in range(10)] == [0, 0, 1, None, 2, 3, None, 4, 5, None]


def test_there_is_no_place_inside_a_composed_letter() -> None:
    places = OffsetMap("cafe\u0301!")
    assert [places.map_offset(offset) for offset in range(7)] == [0, 1, 2, 3, None, 4, 5]


def test_a_letter_that_becomes_two_moves_what_follows_down() -> None:
    assert [OffsetMap("\u0958a").map_offset(offset) for offset in range(3)] == [0, 2, 3]


def test_offsets_outside_the_text_have_no_place() -> None:
    assert OffsetMap("ab").map_offset(-1) is None
    assert OffsetMap("ab").map_offset(3) is None
    assert OffsetMap("").map_offset(0) == 0


@settled
@given(st.lists(st.sampled_from(ATOMS)), st.booleans())
@example(["\r\n", "e\u0301", "\r\n"], True)
def test_every_place_between_characters_has_its_image(atoms: list[str], has_mark: bool) -> None:
    mark = "\ufeff" if has_mark or atoms[:1] == ["\ufeff"] else ""
    places = OffsetMap(mark + "".join(atoms))
    received, stored = len(mark), 0
    for atom in atoms:
        assert places.map_offset(received) == stored
        received += len(atom)
        stored += len(unicodedata.normalize("NFC", atom.replace("\r\n", "\n")))
    assert places.map_offset(received) == stored


@settled
@given(st.text(NASTY, min_size=1, max_size=30))
def test_an_image_parts_the_stored_text_as_the_received_one_was(received: str) -> None:
    places = OffsetMap(received)
    stored = plainly(received)
    for offset in range(len(received) + 1):
        image = places.map_offset(offset)
        if image is None:
            continue
        before, after = received[:offset], received[offset:]
        joined = plainly(before) + unicodedata.normalize("NFC", after.replace("\r\n", "\n").replace("\r", "\n"))
        if offset == 0:
            joined = stored
        assert (joined, image) == (stored, len(plainly(before)))


@settled
@given(st.text(NASTY, max_size=30))
def test_images_keep_their_order_and_the_ends_meet(received: str) -> None:
    places = OffsetMap(received)
    images = [image for offset in range(len(received) + 1) if (image := places.map_offset(offset)) is not None]
    assert images == sorted(images)
    assert (images[0], images[-1]) == (0, len(plainly(received)))
