"""A claim in the text around it: the paragraph it stands in, and the ones before and after. Pure."""

from dataclasses import dataclass

REACH = 1_500
"""How many code points before and after a claim are looked at."""

_LONGEST = 600
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The quote with what stands before and after it in its paragraph, and the neighbouring paragraphs."""

    before: str
    lead: str
    exact: str
    tail: str
    after: str


def surroundings(window: str, start: int, end: int, *, more_before: bool, more_after: bool) -> Surroundings:
    """The surroundings of `window[start:end]`, a piece of an article.

    Paragraphs end at line breaks; blank lines are passed over, long paragraphs are cut at the far side. `more_before`
    and `more_after` say whether the article goes on beyond the window.
    """
    above, _, lead = window[:start].rpartition("\n")
    tail, _, below = window[end:].partition("\n")
    before = above.rstrip().rpartition("\n")[2]
    after = below.lstrip().partition("\n")[0]
    return Surroundings(
        before=_cut_start(before, more=more_before and "\n" not in above.rstrip()),
        lead=_cut_start(lead, more=more_before and "\n" not in window[:start]),
        exact=window[start:end],
        tail=_cut_end(tail, more=more_after and "\n" not in window[end:]),
        after=_cut_end(after, more=more_after and "\n" not in below.lstrip()),
    )


def _cut_start(text: str, *, more: bool) -> str:
    return _CUT + text[-_LONGEST:] if text and (more or len(text) > _LONGEST) else text


def _cut_end(text: str, *, more: bool) -> str:
    return text[:_LONGEST] + _CUT if text and (more or len(text) > _LONGEST) else text
