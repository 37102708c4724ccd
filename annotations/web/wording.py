"""Sentences of pure modules, and lists of words, in the language of the person who reads them."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext

from annotations.messages import Message


def said(text: str) -> str:
    """A message in the language of the request; any other text as it is."""
    if not isinstance(text, Message):
        return text
    values = {name: said(value) if isinstance(value, str) else value for name, value in text.values.items()}
    if not text.many:
        return gettext(text.words) % values
    return ngettext(text.words, text.many, int(str(values["n"]))) % values


def listed(words: Iterable[str | Promise]) -> str:
    """Words one after the other, with the comma of the reader's language."""
    return pgettext("between the members of a list", ", ").join(str(word) for word in words)


def either(words: Iterable[str | Promise]) -> str:
    """Words of which one is meant, with the "or" of the reader's language."""
    return pgettext("between alternatives", " or ").join(str(word) for word in words)


def said_at(errors: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """The sentences at fields, each as `said`."""
    return {name: [said(sentence) for sentence in sentences] for name, sentences in errors.items()}
