"""Sentences of the pure modules: said where they arise, put into the reader's language where they are shown. Pure.

The functions are named as Django's are, so that its `makemessages` finds what they are given.
"""

from collections.abc import Mapping
from typing import Any, Self


class Message(str):
    """A sentence in English that remembers its words, with `%(named)s` places, and what stands in them.

    With `many`, the words for other numbers than one, `values["n"]` is the number. A value may be a message itself.
    """

    words: str
    values: Mapping[str, object]
    many: str

    def __new__(cls, words: str, values: Mapping[str, object], many: str = "") -> Self:
        """The sentence of these words and values."""
        message = super().__new__(cls, (many if many and values["n"] != 1 else words) % values)
        message.words, message.values, message.many = words, values, many
        return message


class Refusal(ValueError):
    """What a pure module refuses: a code for programs, a message for people."""

    def __init__(self, code: str, message: Message) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def pack(message: Message) -> dict[str, Any]:
    """A sentence as JSON, to be stored."""
    values = {name: pack(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    return {"words": message.words, "values": values, "many": message.many}


def unpack(stored: Mapping[str, Any]) -> Message:
    """The sentence that was stored."""
    values = {name: unpack(value) if isinstance(value, Mapping) else value for name, value in stored["values"].items()}
    return Message(stored["words"], values, stored["many"])


def gettext(words: str, **values: object) -> Message:
    """A sentence with its values."""
    return Message(words, values)


def gettext_noop(words: str) -> str:
    """The same words, marked: a message is made of them later."""
    return words


def ngettext(one: str, many: str, n: int, **values: object) -> Message:
    """A sentence about `n` things, which stands in it as `%(n)s`."""
    return Message(one, {"n": n, **values}, many)
