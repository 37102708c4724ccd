"""Sentences of pure modules, and lists of words, in the language of the person who reads them."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext

from annotations.messages import Message


def said(message: Message) -> str:
    """The message in the language of the request."""
    if not message.many:
        return gettext(message.words) % message.values
    return ngettext(message.words, message.many, int(str(message.values["n"]))) % message.values


def listed(words: Iterable[str | Promise]) -> str:
    """Words one after the other, with the comma of the reader's language."""
    return pgettext("between the members of a list", ", ").join(str(word) for word in words)
