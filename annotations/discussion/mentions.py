"""Who is mentioned in a comment: `@name`, in any case of letters. Pure: text and names in, places out."""

import re
from collections.abc import Iterable
from typing import NamedTuple

# What user names are made of. An @ inside a word is part of an address, not a mention.
MENTION = re.compile(r"(?<![\w.@+-])@([\w.+-][\w.@+-]*)")
CLOSING = ".@+-"  # may end a name, and may as well end the sentence


class Piece(NamedTuple):
    """A piece of a text: plain words, or (with `name`) the mention of a member."""

    text: str
    name: str = ""


class Mentions(NamedTuple):
    """The members who are mentioned, and the names that are no member's; each once, in the order of the text."""

    members: list[str]
    unknown: list[str]


def pieces(text: str, members: Iterable[str]) -> list[Piece]:
    """The text in pieces, which together are the text; a mention of somebody else than `members` is plain."""
    known, found, end = _by_fold(members), [], 0
    for start, stop, name in _places(text, known):
        if name in known.values():
            found += [Piece(text[end:start]), Piece(text[start:stop], name)]
            end = stop
    return [piece for piece in [*found, Piece(text[end:])] if piece.text]


def mentions(text: str, members: Iterable[str]) -> Mentions:
    """Who is mentioned in the text."""
    known = _by_fold(members)
    names = list(dict.fromkeys(name for _start, _stop, name in _places(text, known)))
    members_named = [name for name in names if name in known.values()]
    return Mentions(members_named, [name for name in names if name not in members_named])


def _by_fold(members: Iterable[str]) -> dict[str, str]:
    return {name.casefold(): name for name in members}


def _places(text: str, known: dict[str, str]) -> Iterable[tuple[int, int, str]]:
    """Start, end and name of each mention: the longest name that is a member's, else the word as it stands."""
    for match in MENTION.finditer(text):
        word, bare = match[1], match[1].rstrip(CLOSING)
        candidates = [word[:length] for length in range(len(word), len(bare) - 1, -1) if length]
        name = next((one for one in candidates if one.casefold() in known), bare)
        if name:
            yield match.start(), match.start() + 1 + len(name), known.get(name.casefold(), name)
