"""What the Web Annotation Data Model (W3C Recommendation of 23 February 2017) demands, as far as releases use it."""

import re
from collections.abc import Iterator
from typing import Any

OA, AS, DCTERMS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#", "http://purl.org/dc/terms/"
RDF, RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
FOAF, DC, XSD = "http://xmlns.com/foaf/0.1/", "http://purl.org/dc/elements/1.1/", "http://www.w3.org/2001/XMLSchema#"
ANNO = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = ("assessing", "classifying", "commenting", "describing", "identifying", "linking", "tagging")


def _links(**terms: str) -> dict[str, dict[str, str]]:
    return {name: {"@id": iri, "@type": "@id"} for name, iri in terms.items()}


# The terms of the context that releases use, with what they stand for.
CONTEXT: dict[str, Any] = {
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"},
    **{name: OA + name for name in ("Annotation", "TextualBody", "SpecificResource", "TimeState")},
    **{name: OA + name for name in ("TextQuoteSelector", "TextPositionSelector", "exact", "prefix", "suffix")},
    **{name: OA + name for name in MOTIVATIONS},
    "Person": f"{FOAF}Person",
    "Software": f"{AS}Application",
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    **_links(body=f"{OA}hasBody", target=f"{OA}hasTarget", source=f"{OA}hasSource", selector=f"{OA}hasSelector"),
    **_links(state=f"{OA}hasState", creator=f"{DCTERMS}creator", generator=f"{AS}generator"),
    **_links(first=f"{AS}first", last=f"{AS}last"),
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "created": {"@id": f"{DCTERMS}created", "@type": f"{XSD}dateTime"},
    "sourceDate": {"@id": f"{OA}sourceDate", "@type": f"{XSD}dateTime"},
    **{name: {"@id": OA + name, "@type": f"{XSD}nonNegativeInteger"} for name in ("start", "end")},
    "startIndex": {"@id": f"{AS}startIndex", "@type": f"{XSD}nonNegativeInteger"},
    "total": {"@id": f"{AS}totalItems", "@type": f"{XSD}nonNegativeInteger"},
    "value": f"{RDF}value",
    "format": f"{DC}format",
    "label": f"{RDFS}label",
    "name": f"{FOAF}name",
    "nickname": f"{FOAF}nick",
}
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
# Date and time with a zone, in UTC (3.3.1): the model wants Z and nothing else.
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def problems(collection: dict[str, Any]) -> list[str]:
    """Every demand that a collection does not meet, as the place in it and what is wrong."""
    return [*_names(collection, ""), *_collection(collection)]


def _names(value: Any, place: str) -> Iterator[str]:
    """Keys that the context does not know would be lost when the document is expanded."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in CONTEXT and key != "@context":
                yield f"{place}/{key}: is no term"
            if inner is None or inner == []:
                yield f"{place}/{key}: is empty"
            yield from _names(inner, f"{place}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _names(inner, f"{place}/{number}")


def _collection(collection: dict[str, Any]) -> Iterator[str]:
    yield from _is(collection, "AnnotationCollection", "collection")
    if collection.get("@context") != ANNO:
        yield "collection: one context is a string, that of the model"
    if not isinstance(collection["label"], str):
        yield "collection: a label is a string"
    total = collection["total"]
    if type(total) is not int or total < 0:
        yield "collection: total is a number"
    if bool(total) != ("first" in collection) or bool(total) != ("last" in collection):
        yield "collection: has a first page where it has annotations, and only then"
    if total:
        yield from _page(collection["first"], total)
        if collection["last"] != collection["first"]["id"]:
            yield "collection: the last page is the first"


def _page(page: dict[str, Any], total: int) -> Iterator[str]:
    yield from _is(page, "AnnotationPage", "page")
    if "@context" in page:
        yield "page: an embedded page has no context of its own"
    if page["startIndex"] != 0 or len(page["items"]) != total:
        yield "page: holds all items"
    ids = [item["id"] for item in page["items"]]
    if len(ids) != len(set(ids)):
        yield "page: an id is of one annotation"
    for item in page["items"]:
        yield from _annotation(item, item["id"])


def _annotation(item: dict[str, Any], place: str) -> Iterator[str]:
    yield from _is(item, "Annotation", place)
    if item.get("@context") != ANNO:
        yield f"{place}: has the context of the model, so that it stands by itself"
    if item["motivation"] not in MOTIVATIONS:
        yield f"{place}: motivation is one of the model's"
    if "created" in item and not TIME.fullmatch(item["created"]):
        yield f"{place}: created is a time in UTC"
    people = item.get("creator", [])
    for person in people if isinstance(people, list) else [people]:
        yield from _is(person, "Person", f"{place} creator")
    for body in item["body"]:
        yield from _body(body, f"{place} body")
    if isinstance(item["target"], str):
        yield from _iri(item["target"], f"{place} target")
    else:
        yield from _resource(item["target"], f"{place} target")


def _body(body: dict[str, Any], place: str) -> Iterator[str]:
    if body["purpose"] not in MOTIVATIONS:
        yield f"{place}: purpose is one of the model's"
    if body["type"] == "TextualBody":
        if not isinstance(body["value"], str):
            yield f"{place}: has one value, a string"
    else:
        yield from _resource(body, place)


def _resource(resource: dict[str, Any], place: str) -> Iterator[str]:
    if resource["type"] != "SpecificResource":
        yield f"{place}: is a specific resource"
    yield from _iri(resource["source"], f"{place} source")
    state = resource.get("state")
    if state and (state["type"] != "TimeState" or not TIME.fullmatch(state["sourceDate"])):
        yield f"{place}: the state is a time in UTC"
    selectors = resource.get("selector", [])
    for selector in selectors if isinstance(selectors, list) else [selectors]:
        yield from _selector(selector, place)


def _selector(selector: dict[str, Any], place: str) -> Iterator[str]:
    if selector["type"] == "TextQuoteSelector":
        if not all(isinstance(selector.get(name, ""), str) for name in ("exact", "prefix", "suffix")):
            yield f"{place}: a quote is made of strings"
        if not selector["exact"]:
            yield f"{place}: a quote has an exact"
    elif selector["type"] == "TextPositionSelector":
        numbers = (selector["start"], selector["end"])
        if not all(type(number) is int for number in numbers) or not 0 <= numbers[0] <= numbers[1]:
            yield f"{place}: a position is two numbers in order"
    else:
        yield f"{place}: has a selector of an unknown type"


def _is(thing: dict[str, Any], kind: str, place: str) -> Iterator[str]:
    if thing.get("type") != kind:
        yield f"{place}: is no {kind}"
    yield from _iri(thing.get("id"), place)


def _iri(value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, str) or not IRI.fullmatch(value):
        yield f"{place}: has no IRI but {value!r}"
    elif value.startswith("urn:uuid:") and not re.fullmatch(r"urn:uuid:[0-9a-f-]{36}(#.+)?", value):
        yield f"{place}: {value} names no UUID"
