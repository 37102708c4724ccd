"""What a query asks for. Pure: text in, terms out."""

import re

LONGEST = 200  # characters of a query
SEPARATORS = re.compile(r"[\s\"“”„«»‹›()\[\]{}؟،؛。、，！？「」『』]+")
AROUND = ".,;:!?…"  # at the ends of words; inside of them it belongs to them
# Scripts that are written without spaces between words: two characters of these are worth looking for inside of words.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
SHORTEST_PART = 3  # characters, as trigrams need


def terms_of(query: str) -> list[str]:
    """The words that have to be found, each once; what is neither letter nor digit alone asks for nothing."""
    words = (word.strip(AROUND) for word in SEPARATORS.split(query[:LONGEST]))
    return list(dict.fromkeys(word for word in words if any(map(str.isalnum, word))))


def inside_words(term: str) -> bool:
    """Whether the term is looked for inside of words too, not only where words begin."""
    return len(term) >= SHORTEST_PART or bool(UNSPACED.search(term))
