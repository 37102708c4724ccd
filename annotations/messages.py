"""Sentences of the pure modules: said where they arise, put into the reader's language where they are shown. Pure.

`gettext` and `ngettext` are named as Django's are, so that its `makemessages` finds what they are given.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence with `%(named)s` places and what stands in them; `str` is its English.

    With `many`, the words for other numbers than one, `values["n"]` is the number.
    """

    words: str
    values: Mapping[str, object]
    many: str = ""

    def __str__(self) -> str:
        words = self.many if self.many and self.values["n"] != 1 else self.words
        return words % self.values


class Refusal(ValueError):
    """What a pure module refuses: a code for programs, a message for people."""

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message


def gettext(words: str, **values: object) -> Message:
    """A sentence with its values."""
    return Message(words, values)


def ngettext(one: str, many: str, n: int, **values: object) -> Message:
    """A sentence about `n` things, which stands in it as `%(n)s`."""
    return Message(one, {"n": n, **values}, many)
