"""Who might be speaking in a text: capitalised names and short quotations, offered while a source is typed. Pure."""

import re
from collections import Counter
from collections.abc import Iterator

LOOKED_THROUGH = 50_000  # code points
MOST = 80
PARTICLES = frozenset(
    [
        "al",
        "el",
        "de",
        "da",
        "di",
        "du",
        "del",
        "der",
        "den",
        "van",
        "von",
        "of",
        "ibn",
        "bin",
        "bint",
        "la",
        "le",
        "y",
        "e",
    ]
)

_WORD = re.compile(r"[^\W\d_][\w’'.-]*[\w’']")
_QUOTED = re.compile(r"[“«„\"]([^“”«»„\"\n]{3,60})[”»“\"]")
_ENDS = '.!?:;…”"»“«„\n'


def names(text: str) -> list[str]:
    """Names in the text, the ones named most often first; after them short quoted phrases."""
    looked = text[:LOOKED_THROUGH]
    found = Counter(name.removesuffix("’s").removesuffix("'s") for name in _names(looked))
    ordered = [name for name, _ in found.most_common(MOST)]
    quoted = Counter(match.group(1).strip(" ,.") for match in _QUOTED.finditer(looked))
    short = [phrase for phrase in quoted if phrase not in found and len(phrase.split()) <= 4]
    return [*ordered, *short[: MOST - len(ordered)]]


def _names(text: str) -> Iterator[str]:
    """Runs of capitalised words on one line, with the particles inside them; no lone word that begins a sentence."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if run and text[run[-1].end() : word.start()] not in (" ", "\u00a0"):
            yield from _ended(text, run)
            run = []
        if _is_capitalised(word.group()) or (run and word.group() in PARTICLES):
            run.append(word)
        else:
            yield from _ended(text, run)
            run = []
    yield from _ended(text, run)


def _ended(text: str, run: list[re.Match[str]]) -> Iterator[str]:
    while run and run[-1].group() in PARTICLES:
        run = run[:-1]
    if not run or (len(run) == 1 and _begins_sentence(text, run[0].start())):
        return
    yield text[run[0].start() : run[-1].end()]


def _is_capitalised(word: str) -> bool:
    """Whether the word begins with a capital, after an article that is joined to it ("al-Qa’im")."""
    particle, joined, rest = word.partition("-")
    first = rest[:1] if joined and particle in PARTICLES else word[:1]
    return first.isupper()


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start].rstrip(" \u00a0")
    return not before or before[-1] in _ENDS
