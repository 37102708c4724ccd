"""Asking for a release: who may, and what has to make sense."""

from typing import Any
from uuid import uuid4

import pytest

from annotations.audit.models import Event
from annotations.errors import InvalidInput, NotPermitted, NotVisible, WrongState
from annotations.jobs.models import Job
from annotations.releases.models import Release
from annotations.releases.services import request_release
from tests.factories.claims import Desk, desk, fact, opened, verified
from tests.factories.releases import EVERY_STATUS, requested


@pytest.fixture
def at(db: None) -> Desk:
    """As elsewhere, but rolled back after the test: asking needs no snapshot."""
    return desk()


WORDS = {"title": "Kalda", "license": "CC-BY-4.0"}


def test_the_row_holds_what_a_build_must_not_change(at: Desk) -> None:
    verified(at)
    release, job = requested(at, title="  Kalda  ", filter={})
    assert (release.title, release.license) == ("Kalda", "CC-BY-4.0")
    assert release.filter == {"status": ["published", "verified"], "label": [], "articles": []}
    assert len(release.pseudonym_key) == 32
    assert release.pseudonym_key != requested(at)[0].pseudonym_key
    assert (release.number, release.public_id, release.published_at) == (None, None, None)
    assert (job.kind, job.params, job.state) == (
        "annotations.releases.build",
        {"release": str(release.pk)},
        Job.State.QUEUED,
    )
    assert Event.objects.get(verb="release.requested", subject_id=str(release.pk)).actor == at.ann


@pytest.mark.parametrize("name", ["ben", "dora", "vic"])
def test_only_managers_make_releases(at: Desk, name: str) -> None:
    verified(at)
    with pytest.raises(NotPermitted):
        request_release(at.people[name], slug=at.project.slug, **WORDS)
    assert not Release.objects.exists()


def test_who_is_no_member_learns_of_nothing(at: Desk) -> None:
    desk("other")
    at.project.memberships.filter(user=at.ann).delete()
    with pytest.raises(NotVisible):
        request_release(at.ann, slug=at.project.slug, **WORDS)


def test_nothing_chosen_is_refused_in_words(at: Desk) -> None:
    fact(at)
    with pytest.raises(WrongState, match="none is published or verified"):
        requested(at, filter={})
    opened(at, "Still open.")
    requested(at, filter={"status": ["agreed"]})
    with pytest.raises(WrongState):
        requested(at, filter={"status": ["agreed"], "label": ["opinion"]})


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "t" * 301}, "title"),
        ({"license": ""}, "license"),
        ({"license": "l" * 101}, "license"),
        ({"filter": {"states": []}}, "filter"),
        ({"filter": {"status": ["labelling"]}}, "filter.status"),
        ({"filter": {"status": ["void"]}}, "filter.status"),
        ({"filter": {"status": "verified"}}, "filter.status"),
        ({"filter": {"label": ["unsure"]}}, "filter.label"),
        ({"filter": {"articles": ["no id"]}}, "filter.articles"),
        ({"filter": {"articles": [str(uuid4())]}}, "filter.articles"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(at: Desk, changes: dict[str, Any], field: str) -> None:
    verified(at)
    with pytest.raises(InvalidInput) as refused:
        requested(at, **changes)
    assert list(refused.value.errors) == [field]
    assert not Job.objects.exists()


def test_an_article_of_another_project_is_none_of_this_one(at: Desk) -> None:
    verified(at)
    elsewhere = verified(desk("other"))
    with pytest.raises(InvalidInput):
        requested(at, filter={**EVERY_STATUS, "articles": [str(elsewhere.article_id)]})
