"""The reference shows every operation, member and refusal of the document, and nothing from elsewhere."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from annotations.web.reference import Row, groups

DOCUMENT = {
    "paths": {
        "/api/v1/claims/{id}/": {
            "patch": {
                "operationId": "claim_edit",
                "tags": ["claims"],
                "description": "Change a claim.\n\nMore.",
                "security": [{"token": []}],
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
                ],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Claim"}}}},
                "responses": {
                    "200": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Claim"}}},
                        "description": "",
                    },
                    "409": {"description": "Closed"},
                },
            }
        },
        "/api/v1/b/": {"get": {"operationId": "b", "responses": {"204": {"description": "Nothing"}}}},
    },
    "components": {
        "schemas": {
            "Claim": {
                "type": "object",
                "required": ["start", "parts"],
                "properties": {
                    "start": {"type": "integer", "minimum": 0, "description": "Code points."},
                    "label": {"allOf": [{"$ref": "#/components/schemas/Label"}], "nullable": True},
                    "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Claim"}},
                    "by": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 9}}},
                },
            },
            "Label": {"type": "string", "enum": ["fact", "opinion"]},
        }
    },
}


def test_operations_stand_under_their_tag() -> None:
    first, second = groups(DOCUMENT)
    assert (first.name, second.name) == ("claims", "other")
    [claim] = first.operations
    assert (claim.method, claim.path, claim.anchor) == ("PATCH", "/api/v1/claims/{id}/", "claim_edit")
    assert (claim.summary, claim.description) == ("Change a claim.", "More.")
    assert (claim.public, second.operations[0].public) == (False, True)


def test_members_have_their_type_and_their_limits() -> None:
    rows = groups(DOCUMENT)[0].operations[0].requests[0].rows
    assert rows[0] == Row("start", "integer", True, "Code points.; from 0")
    assert rows[1] == Row("label", '"fact" | "opinion" | null', False, "")
    assert rows[2] == Row("parts", "list of Claim", True, "")
    assert Row("by.name", "string", False, "at most 9 characters") in rows


def test_what_holds_itself_comes_to_an_end() -> None:
    assert len(groups(DOCUMENT)[0].operations[0].requests[0].rows) < 100


def test_a_body_to_try_has_what_is_required() -> None:
    sample = groups(DOCUMENT)[0].operations[0].sample
    assert sample.startswith('{"start": 1, "parts": [{"start": 1')


def test_answers_and_refusals_are_apart() -> None:
    claim, other = (group.operations[0] for group in groups(DOCUMENT))
    assert [body.title for body in claim.answers] == ["200"]
    assert [body.title for body in claim.refusals] == ["409 Closed"]
    assert [(body.title, body.rows) for body in other.answers] == [("204 Nothing", [])]


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids, self.links, self.loaded, self.attributes = [], [], [], set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value)
            if tag == "a" and name == "href":
                self.links.append(value)
            elif name in ("src", "href"):
                self.loaded.append(value)


@pytest.fixture
def page(stranger: Client, db: None) -> str:
    answer = stranger.get("/api/v1/docs/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_shows_each_operation(page: str) -> None:
    for words in ("/api/v1/tokens/", "token_list", "Idempotency-Key", "Says what was understood.", "$TOKEN"):
        assert words in page
    assert 'curl -X POST -H "Authorization: Token $TOKEN"' in unescape(page)
    assert '"http://testserver/api/v1/tokens/"' in unescape(page)


def test_the_page_explains_each_problem(page: str) -> None:
    assert 'id="problem-wrong-state"' in page
    assert "The thing is not in a state that allows this." in page


def test_the_page_stands_alone(page: str) -> None:
    links = Links()
    links.feed(page)
    assert links.loaded
    assert all(address.startswith("/") and not address.startswith("//") for address in links.loaded)
    assert "style" not in links.attributes
    assert not any(name.startswith("on") for name in links.attributes)
    assert "<script" not in page.partition("api-docs")[2]
    assert len(links.ids) == len(set(links.ids))
    assert {link[1:] for link in links.links if link.startswith("#")} <= set(links.ids)


def test_its_style_is_small() -> None:
    path = Path(finders.find("annotations/css/api-docs.css"))
    assert path.stat().st_size < 6000
    assert not re.search(r"url\(|@import", path.read_text())
