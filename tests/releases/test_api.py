"""Releases over HTTP."""

import hashlib
import json
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient

from annotations.accounts.services import create_token
from annotations.releases import tasks
from annotations.releases.verifying import MANIFEST
from tests.factories.claims import Desk, desk, verified
from tests.factories.releases import NAMES, contents, published
from tests.web.clients import problem, program, send

RELEASES = "/api/v1/projects/desk/releases/"
BODY = {"title": "Kalda", "license": "CC-BY-4.0", "filter": {"status": ["verified"], "label": [], "articles": []}}


def test_from_asking_to_downloading(at: Desk) -> None:
    verified(at)
    ann = program(at.ann)
    asked = send(ann, "POST", RELEASES, BODY)
    assert asked.status_code == 202
    job = asked.json()["job"]
    assert ann.get(RELEASES).json()["results"] == []
    tasks.build(job)
    done = ann.get(f"/api/v1/jobs/{job}/").json()
    assert done["state"] == "succeeded"
    release = ann.get(f"/api/v1/releases/{done['result']['release']}/").json()
    assert (release["number"], release["title"], release["parent"]) == (1, "Kalda", None)
    assert [file["name"] for file in release["files"]] == NAMES
    for file in release["files"]:
        answer = ann.get(f"/api/v1/releases/{release['id']}/files/{file['name']}")
        content = b"".join(answer.streaming_content)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file["size"], file["sha256"])
        assert answer["Content-Length"] == str(file["size"])
        assert answer["ETag"] == f'"{file["sha256"]}"'
        assert answer["Content-Disposition"] == f'attachment; filename="{file["name"]}"'
        if file["name"] == MANIFEST:
            assert json.loads(content)["id"] == release["public_id"]


def test_the_second_names_the_first(at: Desk) -> None:
    verified(at)
    first, second = published(at), published(at)
    listed = program(at.vic).get(RELEASES).json()["results"]
    assert [row["number"] for row in listed] == [2, 1]
    assert [row["id"] for row in listed] == [str(second.pk), str(first.pk)]
    assert listed[0]["parent"] == str(first.pk)


@pytest.mark.parametrize("name", ["ben", "dora", "vic"])
def test_who_may_not_learns_that_before_what_is_wrong(at: Desk, name: str) -> None:
    problem(send(program(at.people[name]), "POST", RELEASES, {"nonsense": 1}), 403)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"license": None}, "license"),
        ({"filter": {"status": ["labelling"]}}, "filter"),
        ({"filter": {"state": []}}, "filter.state"),
        ({"filter": {"articles": ["no id"]}}, "filter"),
        ({"more": 1}, "more"),
    ],
)
def test_a_body_that_makes_no_sense(at: Desk, changes: dict[str, Any], field: str) -> None:
    verified(at)
    refused = problem(send(program(at.ann), "POST", RELEASES, {**BODY, **changes}), 400)
    assert any(name.split(".")[0] == field.split(".", maxsplit=1)[0] for name in refused["errors"])


def test_nothing_to_release(at: Desk) -> None:
    problem(send(program(at.ann), "POST", RELEASES, BODY), 409)


def test_others_get_404(at: Desk) -> None:
    verified(at)
    release = published(at)
    other = desk("other")
    at.project.memberships.filter(user=at.ben).delete()
    ben = program(other.ben)
    for path in (RELEASES, f"/api/v1/releases/{release.pk}/", f"/api/v1/releases/{release.pk}/files/claims.csv"):
        problem(ben.get(path), 404)
    problem(send(ben, "POST", RELEASES, BODY), 404)
    problem(program(at.ann).get(f"/api/v1/releases/{release.pk}/files/other.csv"), 404)


def test_the_same_key_asks_once(at: Desk) -> None:
    verified(at)
    ann = program(at.ann)
    one, other = (send(ann, "POST", RELEASES, BODY, **{"Idempotency-Key": "a key"}) for _ in range(2))
    assert one.json() == other.json()
    assert at.project.releases.count() == 1


def test_a_server_of_many_hands_files_out_in_pieces(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.storage.PIECE", 100)
    verified(at)
    release = published(at)
    _, key = create_token(at.vic)

    async def pieces() -> list[bytes]:
        path = f"/api/v1/releases/{release.pk}/files/claims.jsonl"
        answer = await AsyncClient().get(path, headers={"Authorization": f"Token {key}"})
        assert answer.status_code == 200
        return [piece async for piece in answer.streaming_content]

    found = async_to_sync(pieces)()
    assert len(found) > 5
    assert b"".join(found) == contents(release)["claims.jsonl"]
