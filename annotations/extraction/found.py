"""What is read out of a document, or why nothing is. Pure."""

import re
import unicodedata
from dataclasses import dataclass

from annotations.messages import Refusal

_UNSTORABLE = re.compile("[\0\ud800-\udfff\ufeff]")
_NEWLINE = re.compile("\r\n?|\u2028|\u2029")


class NothingExtracted(Refusal):
    """A document that has no text to read; `code` is one of `no_text`, `broken`, `locked`, `too_large`, `coding`,
    `limits`, `too_long`."""


@dataclass(frozen=True)
class Link:
    """An entry of a feed."""

    url: str
    title: str = ""
    published_on: str = ""


@dataclass(frozen=True)
class Document:
    """The text in the form it is stored in, and what the document says of itself; `published_on` is an ISO date.

    What it does not say is empty. `links` are a feed's entries.
    """

    text: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    published_on: str = ""
    url: str = ""
    language: str = ""
    links: tuple[Link, ...] = ()


def clean(text: str) -> str:
    """The text with LF line ends and composed characters (NFC), without what no table can hold."""
    return unicodedata.normalize("NFC", _NEWLINE.sub("\n", _UNSTORABLE.sub("", text)))


def line(text: object) -> str:
    """The same as one line."""
    return " ".join(clean(str(text or "")).split())
