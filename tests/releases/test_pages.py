"""Releases as pages: the list, the form, one release with its hashes, the files."""

import hashlib
import re

import orjson
import pytest

from annotations.jobs.models import Job
from annotations.releases import tasks
from annotations.releases.models import Release
from tests.factories.claims import Desk, fact, verified
from tests.personas import Person

LIST = "/projects/desk/releases/"
NEW = f"{LIST}new/"


def page(at: Desk, name: str, path: str, *, want: int = 200) -> str:
    answer = Person(at.people[name]).browser.get(path)
    assert answer.status_code == want
    return answer.content.decode()


def asked(at: Desk, *, want: int = 302, **data: object) -> str:
    """What the form answers: where it leads, or its text."""
    form = {"title": "First findings", "license": "CC-BY-4.0", "status": ["verified"], **data}
    answer = Person(at.ann).browser.post(NEW, form)
    assert answer.status_code == want, answer.content.decode()
    return answer.headers.get("Location") or answer.content.decode()


def test_the_empty_list_says_the_next_step_to_who_may_take_it(at: Desk) -> None:
    assert NEW in page(at, "ann", LIST)
    for name in ("dora", "ben", "vic"):
        assert NEW not in page(at, name, LIST)
        page(at, name, NEW, want=403)


def test_from_the_form_to_files_with_their_hashes(at: Desk) -> None:
    claim = verified(at)
    form = page(at, "ann", NEW)
    assert re.search(r'value="verified" checked>.*?num">1<', form, re.DOTALL)
    leads_to = asked(at, articles=[str(claim.article_id)])
    job = Job.objects.get()
    assert leads_to == f"/jobs/{job.pk}/" and leads_to in page(at, "ann", LIST)
    tasks.build(str(job.pk))
    release = Release.objects.get()
    assert f"/releases/{release.pk}/" in page(at, "ann", leads_to) and "First findings" in page(at, "vic", LIST)
    text = page(at, "vic", f"/releases/{release.pk}/")
    assert release.public_id in text and "verify_release" in text
    for file in release.files.all():
        assert file.sha256 in text
        answer = Person(at.vic).browser.get(f"/releases/{release.pk}/files/{file.name}")
        body = b"".join(answer.streaming_content)
        assert hashlib.sha256(body).hexdigest() == file.sha256
        assert answer["Content-Disposition"] == f'attachment; filename="{file.name}"'
    manifest = Person(at.vic).browser.get(f"/releases/{release.pk}/files/manifest.json")
    assert orjson.loads(b"".join(manifest.streaming_content))["title"] == "First findings"
    page(at, "vic", f"/releases/{release.pk}/files/../secret_key", want=404)


@pytest.mark.parametrize(
    ("data", "status", "why"),
    [
        ({"title": " "}, 400, 'id="id_title_error"'),
        ({"license": ""}, 400, 'id="id_license_error"'),
        ({"status": ["labelling"]}, 400, "labelling is not one of"),
        ({"label": ["unsure"]}, 400, "unsure is not one of"),
        ({"articles": ["01a20493-8dc5-707e-9fd3-b627e5548836"]}, 400, 'id="id_articles_error"'),
        ({"status": ["verified"]}, 409, "No claim is chosen"),
    ],
)
def test_a_release_that_cannot_be_is_refused_with_everything_kept(
    at: Desk, data: dict[str, object], status: int, why: str
) -> None:
    fact(at)
    text = asked(at, want=status, **{"license": "My own", **data})
    assert why in text
    assert "My own" in text or "license" in data
    assert not Release.objects.exists() and not Job.objects.exists()


def test_strangers_know_of_no_release(at: Desk) -> None:
    verified(at)
    asked(at)
    tasks.build(str(Job.objects.get().pk))
    release, eve = Release.objects.get(), Person.new("zoe")
    for path in (LIST, NEW, f"/releases/{release.pk}/", f"/releases/{release.pk}/files/claims.jsonl"):
        assert eve.browser.get(path).status_code == 404
