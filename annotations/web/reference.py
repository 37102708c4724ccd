"""An OpenAPI document as the API reference shows it: pure, from the document alone."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
MAX_DEPTH = 6  # of nested objects; deeper ones are named by their type alone
SAMPLES = {"integer": 1, "number": 0.5, "boolean": True, "string": "…"}
FORMATS = {"date": "2026-01-31", "date-time": "2026-01-31T12:00:00Z", "uri": "https://example.org/"}

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One parameter or member: its (dotted) name, where it stands, its type and what is to be said of it."""

    name: str
    type: str
    required: bool
    note: str
    where: str = ""


@dataclass(frozen=True)
class Body:
    """What is sent or answered: its status, its media type, its type's name and its members."""

    title: str
    media_type: str
    type: str
    rows: list[Row]


@dataclass(frozen=True)
class Operation:
    """One method of one address."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    public: bool
    parameters: list[Row]
    requests: list[Body]
    answers: list[Body]
    refusals: list[Body]
    sample: str


@dataclass
class Group:
    """The operations about one kind of thing."""

    name: str
    operations: list[Operation] = field(default_factory=list)


def groups(document: Schema) -> list[Group]:
    """The operations of `document` by tag, in the order of their addresses."""
    found: dict[str, Group] = {}
    for path, methods in document.get("paths", {}).items():
        for method in METHODS:
            if method in methods:
                name = (methods[method].get("tags") or ["other"])[0]
                found.setdefault(name, Group(name)).operations.append(_operation(document, path, method))
    return list(found.values())


def _operation(document: Schema, path: str, method: str) -> Operation:
    spec = document["paths"][path][method]
    told = spec.get("description", "")
    summary, _, rest = (f"{spec['summary']}\n\n{told}" if "summary" in spec else told).partition("\n\n")
    requests = list(_bodies(document, "", spec.get("requestBody", {})))
    answers = [body for status, spec_ in spec["responses"].items() for body in _bodies(document, status, spec_)]
    return Operation(
        anchor=spec["operationId"],
        method=method.upper(),
        path=path,
        summary=summary,
        description=rest.strip(),
        public={} in spec.get("security", [{}]),
        parameters=[_parameter(document, one) for one in spec.get("parameters", [])],
        requests=requests,
        answers=[body for body in answers if body.title.startswith("2")],
        refusals=[body for body in answers if not body.title.startswith("2")],
        sample=_sample(document, spec.get("requestBody", {})),
    )


def _parameter(document: Schema, spec: Schema) -> Row:
    schema = _resolved(document, spec.get("schema", {}))
    note = spec.get("description", "") or schema.get("description", "")
    return Row(spec["name"], _type(document, schema), spec.get("required", False), note, spec["in"])


def _bodies(document: Schema, status: str, spec: Schema) -> Iterator[Body]:
    """Each form of a request body or an answer; an answer without a body has one form without members."""
    title = f"{status} {spec.get('description', '')}".strip()
    for media_type, content in spec.get("content", {}).items():
        schema = content.get("schema", {})
        yield Body(title, media_type, _type(document, schema), list(_rows(document, schema)))
    if status and "content" not in spec:
        yield Body(title, "", "", [])


def _rows(document: Schema, schema: Schema, prefix: str = "", depth: int = 0) -> Iterator[Row]:
    """The members of a schema; those of lists under `name[]`, those of objects under `name.member`."""
    schema = _resolved(document, schema)
    if schema.get("type") == "array":
        yield from _rows(document, schema.get("items", {}), f"{prefix}[]", depth)
        return
    required = schema.get("required", [])
    for name, part in schema.get("properties", {}).items():
        told = _resolved(document, part)
        path = f"{prefix}.{name}" if prefix else name
        yield Row(path, _type(document, part), name in required, _note(told))
        if depth < MAX_DEPTH:
            yield from _rows(document, part, path, depth + 1)


def _note(schema: Schema) -> str:
    """What is said of a member: its description and the limits that its type does not tell."""
    limits = {"minimum": "from {}", "maximum": "up to {}", "maxLength": "at most {} characters", "default": "else {}"}
    said = [text.format(json.dumps(schema[name])) for name, text in limits.items() if name in schema]
    return "; ".join([part for part in [schema.get("description", "")] if part] + said)


def _type(document: Schema, schema: Schema) -> str:
    """The type in a few words: `string (date-time)`, `list of Claim`, `"fact" | "opinion"`."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        told = _resolved(document, schema)
        return _type(document, told) if "enum" in told else str(name)
    if parts := schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf"):
        text = " | ".join(dict.fromkeys(_type(document, part) for part in parts))
    elif "enum" in schema:
        text = " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"] if value is not None)
    elif schema.get("type") == "array":
        text = f"list of {_type(document, schema.get('items', {}))}"
    else:
        text = schema.get("type", "anything") + (f" ({schema['format']})" if "format" in schema else "")
    return f"{text} | null" if schema.get("nullable") else text


def _resolved(document: Schema, schema: Schema) -> Schema:
    """The schema behind a reference, alone or as the only part of `allOf`."""
    if "$ref" in schema:
        target: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return _resolved(document, target)
    if len(parts := schema.get("allOf", [])) == 1:
        return {**_resolved(document, parts[0]), **{name: value for name, value in schema.items() if name != "allOf"}}
    return schema


def _sample(document: Schema, body: Schema) -> str:
    """A JSON body to try, with the required members alone; empty where no JSON is read."""
    schema = body.get("content", {}).get("application/json", {}).get("schema")
    return "" if schema is None else json.dumps(_example(document, schema), ensure_ascii=False)


def _example(document: Schema, schema: Schema, depth: int = 0) -> Any:
    schema = _resolved(document, schema)
    for name in ("example", "default"):
        if name in schema:
            return schema[name]
    if parts := schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf"):
        return _example(document, parts[0], depth + 1)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "array":
        return [_example(document, schema.get("items", {}), depth + 1)] if depth < MAX_DEPTH else []
    if "properties" in schema:
        needed = [name for name in schema["properties"] if name in schema.get("required", [])]
        return {name: _example(document, schema["properties"][name], depth + 1) for name in needed}
    return FORMATS.get(schema.get("format", ""), SAMPLES.get(schema.get("type", ""), {}))
