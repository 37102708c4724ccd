"""Publishing moves what was frozen, and only that."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from annotations.audit.models import Event
from annotations.claims.models import Claim, Status
from annotations.jobs.models import Job
from annotations.jobs.services import cancel, take
from annotations.notifications.models import Notification
from annotations.releases.building import render
from annotations.releases.models import Release, ReleaseFile
from annotations.releases.publishing import Built, Overtaken, publish
from annotations.releases.queries import visible_releases
from annotations.releases.reporting import Reporter, Stopped
from annotations.verification.models import Check
from annotations.verification.moves import move_claim
from tests.factories.claims import Desk, fresh, verified
from tests.factories.releases import attributed, published, records, requested, shelf


def rendered(at: Desk, folder: Path) -> tuple[Job, Release, Built]:
    """A release with its files, at the moment before it is published."""
    release, job = requested(at)
    taken = take(job.pk)
    assert taken
    folder.mkdir(exist_ok=True)
    with Reporter(taken) as reporter:
        return taken, release, render(release, folder, reporter)


def test_verified_claims_are_published_with_every_aspect_and_all_others_stay(at: Desk) -> None:
    claims = shelf(at)
    versions = {name: claim.version for name, claim in claims.items()}
    published(at)
    moved = {name for name, claim in claims.items() if fresh(claim).status == Status.PUBLISHED}
    assert moved == {"marked", "formula", "attributed"}
    for name, claim in claims.items():
        assert fresh(claim).version == versions[name] + (name in moved)
    statuses = Check.objects.filter(claim=claims["attributed"]).values_list("status", flat=True)
    assert list(statuses) == [Status.PUBLISHED, Status.PUBLISHED]
    assert Check.objects.get(claim=claims["proposed"]).status == Status.PROPOSED


def test_an_aspect_published_before_stays_as_it_was(at: Desk) -> None:
    claim = attributed(at)
    published(at)
    before = Check.objects.get(claim=claim, aspect="attribution")
    move_claim(at.dora, claim_id=claim.pk, to="challenge", reason="The sum.", aspect="content")
    move_claim(at.dora, claim_id=claim.pk, to="correct", reason="Corrected.", aspect="content")
    assert fresh(claim).status == Status.PUBLISHED
    published(at)
    after = Check.objects.get(claim=claim, aspect="attribution")
    assert (after.status, after.status_since) == (before.status, before.status_since)
    assert Check.objects.get(claim=claim, aspect="content").status == Status.CORRECTED


def test_a_claim_that_changed_after_freezing_is_not_moved(at: Desk, tmp_path: Path) -> None:
    changed, same = verified(at), verified(at)
    job, release, built = rendered(at, tmp_path / "work")
    move_claim(at.dora, claim_id=changed.pk, to="challenge", reason="New records.")
    publish(job, release, built)
    assert fresh(changed).status == Status.CHALLENGED
    assert fresh(same).status == Status.PUBLISHED
    told = {row["id"]: row["status"] for row in records(Release.objects.get(pk=release.pk), "claim")}
    assert told == {str(changed.pk): "verified", str(same.pk): "verified"}


def test_a_claim_changed_and_verified_again_is_not_what_was_frozen(at: Desk, tmp_path: Path) -> None:
    claim = verified(at)
    job, release, built = rendered(at, tmp_path / "work")
    move_claim(at.dora, claim_id=claim.pk, to="challenge", reason="New records.")
    move_claim(at.dora, claim_id=claim.pk, to="reopen", reason="New records.")
    verified(at, fresh(claim))
    publish(job, release, built)
    assert fresh(claim).status == Status.VERIFIED


def test_each_claim_and_the_release_leave_one_event(at: Desk) -> None:
    claims = shelf(at)
    release = published(at)
    told = Event.objects.filter(verb="claim.published")
    assert {event.claim_id for event in told} == {claims[name].pk for name in ("marked", "formula", "attributed")}
    for event in told:
        assert (event.actor, event.data["before"], event.data["release"]) == (at.ann, "verified", release.public_id)
    [event] = Event.objects.filter(verb="release.published")
    assert event.subject_id == str(release.pk)
    assert event.data == {"release": release.public_id, "number": 1, "title": "Kalda bridge"}
    assert Event.objects.filter(verb="release.requested").count() == 1


def test_a_release_that_was_overtaken_is_not_published(at: Desk, tmp_path: Path) -> None:
    verified(at)
    job, release, built = rendered(at, tmp_path / "work")
    published(at)
    with pytest.raises(Overtaken):
        publish(job, release, built)
    job.refresh_from_db()
    release.refresh_from_db()
    assert (job.state, release.number) == (Job.State.RUNNING, None)
    assert not ReleaseFile.objects.filter(release=release).exists()


def test_a_cancelled_release_is_not_published(at: Desk, tmp_path: Path) -> None:
    claim = verified(at)
    job, release, built = rendered(at, tmp_path / "work")
    cancel(at.ann, job_id=job.pk)
    with pytest.raises(Stopped):
        publish(job, release, built)
    assert not visible_releases(at.ann, at.project).exists()
    assert fresh(claim).status == Status.VERIFIED


def test_a_worker_that_was_given_up_publishes_nothing(at: Desk, tmp_path: Path) -> None:
    verified(at)
    slow, release, built = rendered(at, tmp_path / "work")
    Job.objects.filter(pk=slow.pk).update(heartbeat_at="2020-01-01T00:00Z")
    other = take(slow.pk)
    assert other
    with pytest.raises(Stopped):
        publish(slow, release, built)
    publish(other, release, built)
    assert visible_releases(at.ann, at.project).count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE annotations_release SET title = 'Another'",
        "UPDATE annotations_release SET published_at = NULL, number = NULL, public_id = NULL",
        "DELETE FROM annotations_release",
        "UPDATE annotations_releasefile SET sha256 = repeat('0', 64)",
        "DELETE FROM annotations_releasefile",
    ],
)
def test_a_published_release_never_changes(at: Desk, statement: str) -> None:
    verified(at)
    published(at)
    with pytest.raises(DatabaseError, match=r"Cannot (update|delete)"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_more_claims_than_are_read_at_once(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.releases.freezing.ROWS_AT_ONCE", 2)
    monkeypatch.setattr("annotations.releases.freezing.ARTICLES_AT_ONCE", 2)
    for _ in range(5):
        verified(at)
    release = published(at)
    assert Claim.objects.filter(status=Status.PUBLISHED).count() == 5
    assert [len(records(release, kind)) for kind in ("article", "claim", "evidence", "label")] == [5, 5, 5, 10]


def test_what_is_not_published_stores_nothing(at: Desk, store: Path, tmp_path: Path) -> None:
    verified(at)
    job, release, built = rendered(at, tmp_path / "work")
    cancel(at.ann, job_id=job.pk)
    with pytest.raises(Stopped):
        publish(job, release, built)
    assert not any(path.is_file() for path in store.rglob("*"))


def test_everybody_else_is_told_of_a_release(at: Desk) -> None:
    verified(at)
    released = published(at)
    told = Notification.objects.filter(kind="release_published", release=released)
    assert set(told.values_list("recipient__username", flat=True)) == set(at.people) - {released.created_by.username}
