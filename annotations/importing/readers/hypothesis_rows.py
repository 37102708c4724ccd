"""What the API of Hypothesis answers: `rows` of annotations, or a list of them.

The text itself is not there: the article has to be in the project, known by its address, and each anchor is found by
its TextQuoteSelector. The offsets of a TextPositionSelector count in the page as the browser drew it, so they are not
used. Shape: https://h.readthedocs.io/en/latest/api-reference/
"""

from collections.abc import Iterator
from typing import Any

from annotations.importing.outside import Aside, Document, Mark, Read, Said, Unreadable
from annotations.importing.parsing import mapping, sequence, whole, word
from annotations.messages import gettext as _


def read(body: bytes) -> Iterator[Read]:
    """The annotations of each address as one document."""
    value = whole(body)
    rows = value.get("rows") if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise Unreadable(_("An answer of the Hypothesis API has a list called rows."))
    documents: dict[str, Document] = {}
    for place, row in enumerate(rows, 1):
        item = f"row {word(mapping(row).get('id')) or place}"
        found = _mark(item, mapping(row))
        if isinstance(found, Aside):
            yield found
            continue
        address = word(mapping(row).get("uri"))
        documents.setdefault(address, Document(item, addresses=(address,))).marks.append(found)
    yield from documents.values()


def _mark(item: str, row: dict[str, Any]) -> Mark | Aside:
    if sequence(row.get("references")):
        return Aside(item, _("A reply to another annotation."))
    if not word(row.get("uri")):
        return Aside(item, _("It does not say which page it is on."))
    targets = [mapping(target) for target in sequence(row.get("target"))]
    selectors = [mapping(each) for target in targets for each in sequence(target.get("selector"))]
    quote = next((each for each in selectors if each.get("type") == "TextQuoteSelector"), None)
    if quote is None or not word(quote.get("exact")):
        return Aside(item, _("A note on the page, with no quote."))
    who = word(row.get("user")).removeprefix("acct:") or "?"
    said = tuple(Said(who, word(tag)) for tag in sequence(row.get("tags")) if word(tag))
    exact, prefix, suffix = (word(quote.get(name)) for name in ("exact", "prefix", "suffix"))
    return Mark(item, exact=exact, prefix=prefix, suffix=suffix, said=said)
