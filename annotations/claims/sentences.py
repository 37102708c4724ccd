"""Where the sentences of one paragraph end: sentencex, and our own rules where it errs. Pure.

The rules are for the six languages the workbench is tried in (Arabic, English, French, German, Russian,
Spanish); other languages get sentencex with the rules that need no word list. Change RULES with every rule, so
that a stored segmentation says what made it.
"""

import functools
import re
from collections.abc import Iterator
from importlib.metadata import version

import sentencex

RULES = 1
SPLITTER = f"sentencex {version('sentencex')} + rules {RULES}"

# sentencex takes quadratic time where quotation marks stay open, so it sees a long line in windows.
_WINDOW = 4_000
_LONGEST_QUOTE = 1_000
_REACH = 24
_PIECES_IN_A_QUOTE = 8

_TITLES = {
    "": "Dr Prof Mr Mrs Ms St",
    "ar": "د أ م ا",
    "de": "Abg Bgm Dipl Hptm Hrn Pfr Präs Vors exkl geb gest inkl",
    "en": "Ald Amb Archbp Atty Bp Mx approx",
    "es": "Alm Cmdte Cnel Dres Dña Excma FF Fco Hno Ilmo JJ Licda Mons Mª Pbro Pdta Pdte Profa RR Rvdo Sgto Sras Tte d",
    "fr": "Adj Bd Bld Cdt Cne Col Drs Gén Lt M MM Me Mgr Mlle Mlles Mme Mmes Pr Sgt Ste Sté bd gén",
    "ru": "акад бул ген гл доц е зам им кап лейт нач пл подполк полк пом пос св серж",
}
"""Abbreviations that a sentence never ends with, by language; those under "" hold everywhere."""

_NUMBERED = {
    "": "Art No Nr Vol cf",
    "ar": "ت ج رقم ص ط ق هـ",
    "de": "Abb Abs Anm Aufl Bd Kap Tel max",
    "en": "ed vol",
    "es": "aprox art arts núms ss",
    "fr": "art avr chap déc env févr janv juil max no nov n° oct p sept",
    "ru": "вып изд корп ок рис ст ср стр табл",
}
"""Abbreviations that a sentence does not end with when a number follows."""

# A German ordinal looks like the end of a sentence. These words begin one and do not follow an ordinal.
_GERMAN_STARTS = """
    Aber Alle Als Am An Auch Auf Aus Bei Beide Bis Da Dabei Dafür Damit Danach Dann Das Dazu Dem Den Denn Der Des
    Deshalb Die Dies Diese Dieser Dieses Doch Dort Durch Ein Eine Einer Er Es Für Gegen Hier Ich Ihr Ihre Im In
    Inzwischen Jetzt Kein Keine Laut Man Mit Nach Noch Nun Nur Ob Oder Ohne Schon Sein Seine Seit Sie So Sowie Trotz
    Um Und Unter Viele Vom Von Vor War Was Weil Wenn Wer Wie Wir Wo Während Zu Zudem Zum Zur Zwei
"""

_LAST_WORD = re.compile(r"""(?:^|[\s(\[«»„“”‘’‚"'-])([^\s(\[«»„“”‘’‚"'-]+)\.$""")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.$")
_CLOSING_AHEAD = re.compile(r"""\s*[”»’"'‘“)\]]+(?=\s|$)""")
_OPENING_BEHIND = re.compile(r"(?<=\s)[“«„‚‘(\[]+\s*$")
_MISSED = r"""
    [.!?؟…][”’»"]?\)                                              # (A sentence of its own.) Another.
    | [.!?؟…]’[”"»]                                               # “It ends ‘twice.’” Another.
    | …                                                           # It trails off… Another.
    | \b(?:etc|usw)\. | (?<=[ \u00a0])(?:т\.[ \u00a0]?[дп]|др)\.   # and so on. Another.
"""
_MISSED_IN_GERMAN = r"| (?<=[a-zäöüß]{5})(?<!str)\.(?=\s\d)        # It ends. 5 begin another."
_LIST_NUMBER = re.compile(r"\s*\(?\d{1,3}[.)]\s*$")
_SINGLE_OPEN = re.compile(r"(?<!\w)‘(?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…])’(?!\w)")


def sentences(paragraph: str, language: str) -> Iterator[tuple[int, int]]:
    """Start and end (code points, in order, without the white space around) of the sentences of a paragraph.

    `language` is a primary subtag (`en`). Every character that is no white space is in exactly one sentence.
    Closing quotation marks stay with their sentence, opening ones go with the next.
    """
    ends = {*_found(paragraph, language), *_missed(paragraph, language)}
    cuts = sorted({_beside_quotation_marks(paragraph, end) for end in ends} - {0, len(paragraph)})
    pieces = [paragraph[start:end] for start, end in zip([0, *cuts], [*cuts, len(paragraph)], strict=True)]
    start = 0
    for sentence in _joined(pieces, language):
        end = start + len(sentence)
        if sentence.strip():
            yield end - len(sentence.lstrip()), start + len(sentence.rstrip())
        start = end


def _found(paragraph: str, language: str) -> Iterator[int]:
    """The ends of sentences inside the paragraph that sentencex finds."""
    begin = 0
    while begin < len(paragraph):
        window = paragraph[begin : begin + _WINDOW]
        # The last sentence of a window may go on after it: the next window begins with it.
        ends = [boundary["end_index"] for boundary in sentencex.get_sentence_boundaries(language, window)][:-1]
        yield from (begin + end for end in ends)
        is_last = begin + len(window) == len(paragraph)
        begin += ends[-1] if ends and not is_last else len(window)


def _missed(paragraph: str, language: str) -> Iterator[int]:
    """Ends of sentences that sentencex passes over; only where one begins after them and no quotation is open."""
    for match in _ends_missed(language).finditer(paragraph):
        following = paragraph[match.end() : match.end() + 4]
        first = following.lstrip().lstrip('“«„‘"')[:1]
        before = paragraph[max(0, match.end() - _LONGEST_QUOTE) : match.end()]
        if following[:1].isspace() and (first.isupper() or first.isdigit()) and not _quoting(before):
            yield match.end()


def _quoting(before: str) -> bool:
    """Whether a quotation is open at the end of `before`."""
    low = before.count("„")
    opening = low or before.count("“")
    closing = before.count("”") + (before.count("“") if low else 0)
    return opening > closing or before.count("«") > before.count("»") or before.count('"') % 2 == 1


def _beside_quotation_marks(paragraph: str, end: int) -> int:
    """`end` moved behind quotation marks that close there, or before those that open there."""
    closing = _CLOSING_AHEAD.match(paragraph, end, end + _REACH)
    if closing:
        return closing.end()
    tail = paragraph[max(0, end - _REACH) : end]
    opening = _OPENING_BEHIND.search(tail)
    return end - len(tail) + opening.start() if opening else end


def _joined(pieces: list[str], language: str) -> Iterator[str]:
    """The pieces, with those put together again that are one sentence."""
    sentence: list[str] = []
    last_of_quote = -1
    for place, piece in enumerate(pieces):
        sentence.append(piece)
        last_of_quote = max(last_of_quote, _last_of_quote(pieces, place))
        following = pieces[place + 1] if place + 1 < len(pieces) else None
        if following is None or (place >= last_of_quote and not _goes_on(sentence, following, language)):
            yield "".join(sentence)
            sentence = []


def _last_of_quote(pieces: list[str], place: int) -> int:
    """The piece that closes a quotation in single marks opened in this one, where an apostrophe hid that."""
    if len(_SINGLE_OPEN.findall(pieces[place])) <= len(_SINGLE_CLOSE.findall(pieces[place])):
        return place
    for later in range(place + 1, min(place + 1 + _PIECES_IN_A_QUOTE, len(pieces))):
        if "‘" in pieces[later]:
            return place
        if _SINGLE_CLOSE.search(pieces[later]):
            return later
    return place


def _goes_on(sentence: list[str], following: str, language: str) -> bool:
    """Whether `following` belongs to the sentence before it."""
    before = sentence[-1][-_REACH:]
    first = following[:_REACH].lstrip(" \t\n\u00a0—–-")[:1]
    if first.islower() or not any(map(_has_words, sentence[-2:])):
        return True
    if _follows_abbreviation(before, following, first, language):
        return True
    if not _has_words(following):
        return not _LIST_NUMBER.match(following)
    return language == "de" and _is_ordinal(before, following)


def _follows_abbreviation(before: str, following: str, first: str, language: str) -> bool:
    word = _LAST_WORD.search(before.rstrip())
    if word is None:
        return False
    titles, numbered = _abbreviations(language)
    has_gap = before[-1].isspace() or following[0].isspace()
    in_one_word = not has_gap and (len(word[1]) == 1 or following.startswith("-"))
    return in_one_word or word[1] in titles or (first.isdigit() and word[1] in numbered)


def _is_ordinal(before: str, following: str) -> bool:
    word = re.match(r"\w+", following.lstrip())
    return bool(_ORDINAL.search(before.rstrip())) and word is not None and word[0] not in _words(_GERMAN_STARTS)


def _has_words(piece: str) -> bool:
    """Whether there is anything to say: a letter, or more digits than a list's number has."""
    return any(character.isalpha() for character in piece) or sum(map(str.isdigit, piece)) > 3


@functools.cache
def _ends_missed(language: str) -> re.Pattern[str]:
    return re.compile(_MISSED + (_MISSED_IN_GERMAN if language == "de" else ""), re.VERBOSE)


@functools.cache
def _abbreviations(language: str) -> tuple[frozenset[str], frozenset[str]]:
    titles = _words(_TITLES[""]) | _words(_TITLES.get(language, ""))
    return titles, _words(_NUMBERED[""]) | _words(_NUMBERED.get(language, ""))


@functools.cache
def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())
