"""Where the words of a gold claim stand in its passage, and the passage of a claim of an article. Pure."""

from annotations.messages import gettext as _

REACH = 1_500
"""How many code points a passage reaches at most before and after its claim."""


class PlacingError(Exception):
    """The words stand nowhere, or more than once; `message` says which and how to mend it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def place(text: str, exact: str) -> tuple[int, int]:
    """Start and end (exclusive) of `exact` in `text`, in code points; PlacingError unless there is one place."""
    if not exact:
        raise PlacingError(_("Copy the words of the claim from the passage."))
    start = text.find(exact)
    if start < 0:
        raise PlacingError(_("These words do not stand in the passage. Copy them exactly as they stand there."))
    if text.find(exact, start + 1) >= 0:
        raise PlacingError(_("These words stand more than once in the passage. Copy a longer piece."))
    return start, start + len(exact)


def paragraph(text: str, start: int, end: int) -> str:
    """The paragraph of `text[start:end]` (code points), or the paragraphs, where it stands in more than one.

    Paragraphs end at line breaks; of a long one what is within REACH of the claim.
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return text[max(first, start - REACH) : min(last if last >= 0 else len(text), end + REACH)]
