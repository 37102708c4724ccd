"""What is stored of a text, and where a place in what was received lies in it. Pure.

The stored text is the received one with a leading byte order mark dropped, CRLF and CR turned into LF, and
NFC applied; nothing else is changed and nothing is trimmed. Every offset is in Unicode code points.
"""

import codecs
import functools
import hashlib
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from annotations.messages import Refusal
from annotations.messages import gettext as _

MAX_BYTES = 5_000_000
"""A text whose UTF-8, as received or as stored, has this many bytes or more is rejected."""

_BOM = "\ufeff"
_NEWLINE = re.compile("\r\n?")
_LONG_RUN = 32


class TextRejected(Refusal):
    """A text that cannot be stored; `code` is one of `empty`, `nul`, `surrogate`, `too_large`, `encoding`."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text as it is stored.

    `length` is in code points; `sha256` is of the UTF-8 of `text`, `received_sha256` of the UTF-8 of what was
    received; both in lower-case hexadecimal.
    """

    text: str
    sha256: str
    length: int
    received_sha256: str


def normalise(received: str) -> Normalised:
    """The stored form of `received`; raises TextRejected for what cannot be stored."""
    received_utf8 = _utf8(received)
    nul = received.find("\0")
    if nul >= 0:
        message = _("The text has a NUL character at position %(place)s; remove it and try again.", place=nul)
        raise TextRejected("nul", message)
    text = stored_form(received.removeprefix(_BOM))
    if not text.strip():
        raise TextRejected("empty", _("The text is empty or has nothing but white space."))
    utf8 = _utf8(text)
    return Normalised(text, _sha256(utf8), len(text), _sha256(received_utf8))


def storable(piece: str) -> bool:
    """Whether a piece of text has neither a NUL nor half a character in it, which no table can hold."""
    return "\0" not in piece and not any("\ud800" <= character <= "\udfff" for character in piece)


def stored_form(piece: str) -> str:
    """LF line ends and NFC, for a text or a part of one; the text's own byte order mark is dropped elsewhere."""
    lines = _NEWLINE.sub("\n", piece)
    if lines.isascii():
        return lines
    return unicodedata.normalize("NFC", _long_runs().sub(_in_canonical_order, lines))


def decode(body: bytes) -> str:
    """The text of a file: UTF-8 with or without a byte order mark, or UTF-16 with one.

    The mark stays at the head of what is returned, for `normalise` to drop. Raises TextRejected (`encoding`),
    naming the first byte that does not fit.
    """
    if body.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise TextRejected("encoding", _("The file is UTF-32 (byte 0); save it as UTF-8 and try again."))
    encoding, name = "utf-8", "UTF-8"
    if body.startswith(codecs.BOM_UTF16_LE):
        encoding, name = "utf-16-le", "UTF-16"
    elif body.startswith(codecs.BOM_UTF16_BE):
        encoding, name = "utf-16-be", "UTF-16"
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        message = _(
            "The file is not valid %(encoding)s at byte %(place)s; save it as UTF-8 and try again.",
            encoding=name,
            place=error.start,
        )
        raise TextRejected("encoding", message) from error


class OffsetMap:
    """Where offsets of a received text lie in its stored form.

    Takes O(n) to build and O(log n) for each look-up. Only stretches that changed are kept.
    """

    def __init__(self, received: str) -> None:
        self._length = len(received)
        # One row for each changed stretch: where it begins and ends as received, and where it ends as stored.
        self._starts, self._ends, self._stored_ends = array("I"), array("I"), array("I")
        shift = 0
        for start, end, stored_length in _changed_stretches(received):
            shift += stored_length - (end - start)
            self._starts.append(start)
            self._ends.append(end)
            self._stored_ends.append(end + shift)

    def map_offset(self, offset: int) -> int | None:
        """The stored offset of the received `offset` (code points, 0 up to the length).

        None where there is no such place: outside the text, or inside a sequence that became something else
        (between CR and LF, between a letter and the accent it was composed with).
        """
        if not 0 <= offset <= self._length:
            return None
        row = bisect_right(self._ends, offset) - 1
        following = row + 1
        if following < len(self._starts) and self._starts[following] < offset:
            return None
        return offset if row < 0 else self._stored_ends[row] + offset - self._ends[row]


def _changed_stretches(received: str) -> Iterator[tuple[int, int, int]]:
    """Start and end of each stretch whose inside changed, with its length as stored, in order."""
    done = 0
    if received.startswith(_BOM):
        done = 1
        yield 0, 1, 0
    signs, stretches = _changeable()
    for sign in signs.finditer(received, done):
        # The character before may be the one that a mark is composed with.
        for match in stretches.finditer(received, max(done, sign.start() - 1), sign.end()):
            piece, done = match.group(), match.end()
            stored = stored_form(piece)
            if len(stored) != len(piece) or (len(piece) > 1 and stored != piece):
                yield match.start(), done, len(stored)


def _utf8(text: str) -> bytes:
    """UTF-8 of `text`, or TextRejected for a lone surrogate or for too many bytes."""
    if len(text) >= MAX_BYTES:
        raise _too_large()
    try:
        encoded = text.encode()
    except UnicodeEncodeError as error:
        message = _(
            "The text has half a character (a lone surrogate) at position %(place)s; "
            "remove it or save the text again as UTF-8.",
            place=error.start,
        )
        raise TextRejected("surrogate", message) from error
    if len(encoded) >= MAX_BYTES:
        raise _too_large()
    return encoded


def _too_large() -> TextRejected:
    message = _("The text is too large: it must be under %(most)s MB of UTF-8.", most=MAX_BYTES // 1_000_000)
    return TextRejected("too_large", message)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# Unicode's own tables, as character classes. Both lie in the planes 0 and 1; the compatibility ideographs
# further up change into one character each and never combine.


@functools.cache
def _marks() -> str:
    """Every character that, decomposed, begins with a combining mark (canonical class other than 0)."""
    return "".join(c for c in _characters() if unicodedata.combining(unicodedata.normalize("NFD", c)[0]))


@functools.cache
def _long_runs() -> re.Pattern[str]:
    """Runs of combining marks no language writes.

    Putting marks into canonical order takes `unicodedata.normalize` quadratic time: five hostile megabytes of
    them would hold a worker for over an hour. Sorted beforehand they take linear time, with the same outcome.
    """
    return re.compile(f"[{re.escape(_marks())}]{{{_LONG_RUN},}}")


def _in_canonical_order(run: re.Match[str]) -> str:
    decomposed = "".join(unicodedata.normalize("NFD", mark) for mark in run.group())
    return "".join(sorted(decomposed, key=unicodedata.combining))


@functools.cache
def _changeable() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Runs of characters that normalisation may change, and the stretches in them that change each by itself.

    A character that may combine with one before it belongs to that one's stretch (Unicode Standard Annex 15,
    section 9: those whose quick check says "no" or "maybe", and those of a combining class other than 0).
    The first pattern is one class, which is searched for five times as fast as the second.
    """
    pairs = ((c, _composed_of(c)) for c in _characters())
    composers = {pair[-1] for c, pair in pairs if len(pair) > 1 and unicodedata.normalize("NFC", pair) == c}
    hangul_vowels_and_finals = "\u1161-\u1175\u11a8-\u11c2"
    joining = re.escape(_marks() + "".join(sorted(composers))) + hangul_vowels_and_finals
    growing = re.escape("".join(c for c in _characters() if len(unicodedata.normalize("NFC", c)) > 1))
    signs = re.compile(f"[\r{growing}{joining}]+\n?")
    return signs, re.compile(f"(?:\r\n?|[{growing}])[{joining}]*|[^{joining}]?[{joining}]+")


def _composed_of(character: str) -> str:
    """What `character` was composed from in the last step; itself where it is no composition."""
    steps = unicodedata.decomposition(character)
    if not steps or steps.startswith("<"):
        return character
    return "".join(chr(int(code, 16)) for code in steps.split())


@functools.cache
def _characters() -> str:
    """The planes 0 and 1 without surrogates and without Hangul syllables and ideographs, which are all alike."""
    ranges = (range(0x80, 0x3400), range(0xA000, 0xAC00), range(0xF900, 0x20000))
    return "".join(chr(code) for each in ranges for code in each)
