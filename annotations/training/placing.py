"""Where the words of a gold claim stand in its passage. Pure."""

from annotations.messages import gettext as _


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
