"""UIMA CAS JSON as INCEpTION exports it: feature structures, each with `%ID` and `%TYPE`.

A sofa has the text, an annotation `@sofa`, `begin` and `end` in UTF-16 code units. Shape:
https://github.com/apache/uima-uimaj-io-jsoncas/blob/main/SPECIFICATION.adoc
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from annotations.claims.units import Unit
from annotations.importing.outside import Aside, Document, Mark, Read, Said, Unreadable
from annotations.importing.parsing import mapping, number, sequence, whole, word
from annotations.messages import gettext as _

SOFA = "uima.cas.Sofa"
# What the tool itself notes of a text; nobody marked it.
OF_THE_TOOL = (
    "uima.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
)
METADATA = "de.tudarmstadt.ukp.clarin.webanno.api.type.CASMetadata"
NAMES = ("label", "value", "Label", "Value", "category")
UNSPECIFIED = "x-unspecified"

Structure = dict[str, Any]


def read(body: bytes) -> Iterator[Read]:
    """Each view that has a text as a document."""
    structures = _structures(mapping(whole(body)).get("%FEATURE_STRUCTURES"))
    sofas = [each for each in structures if each.get("%TYPE") == SOFA]
    if not sofas:
        raise Unreadable(
            _("A CAS in JSON has a list called %(name)s with a text (sofa) in it.", name="%FEATURE_STRUCTURES")
        )
    metadata = next((each for each in structures if each.get("%TYPE") == METADATA), {})
    who = word(metadata.get("username")) or "?"
    of_sofa: defaultdict[int | None, list[Structure]] = defaultdict(list)
    for each in structures:
        if "begin" in each:
            of_sofa[number(each.get("@sofa"))].append(each)
    for sofa in sofas:
        name = word(sofa.get("sofaID")) or "?"
        text = sofa.get("sofaString")
        if not isinstance(text, str):
            yield Aside(name, _("This view has no text of its own."))
            continue
        inside = of_sofa.pop(number(sofa.get("%ID")), [])
        marks = [_mark(each, who) for each in inside if not word(each.get("%TYPE")).startswith(OF_THE_TOOL)]
        yield Document(
            name, text, known=_known(inside, word(metadata.get("sourceDocumentName"))), unit=Unit.UTF16, marks=marks
        )


def _structures(value: Any) -> list[Structure]:
    """The structures of either shape: a list, or an object by their ids."""
    if isinstance(value, dict):
        value = [{"%ID": number(key), **mapping(each)} for key, each in value.items()]
    return [each for each in sequence(value) if isinstance(each, dict)]


def _mark(structure: Structure, who: str) -> Mark:
    item = f"annotation {word(structure.get('%ID')) or '?'}"
    own = [name for name, value in structure.items() if isinstance(value, str) and name[:1] not in "%@^"]
    name = next((name for name in NAMES if name in own), next(iter(sorted(own)), ""))
    label = word(structure.get(name)) or word(structure.get("%TYPE")).rpartition(".")[2]
    places = (number(structure.get("begin")), number(structure.get("end")))
    return Mark(item, *places, said=(Said(who, label),) if label else ())


def _known(inside: list[Structure], name: str) -> dict[str, str]:
    title = next((word(each.get("documentTitle")) for each in inside if word(each.get("documentTitle"))), "")
    languages = (word(each.get("language")) for each in inside if word(each.get("%TYPE")).startswith(OF_THE_TOOL))
    language = next((each for each in languages if each and each != UNSPECIFIED), "")
    known = {"title": title or name, "language": language}
    return {field: value for field, value in known.items() if value}
