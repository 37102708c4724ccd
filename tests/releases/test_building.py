"""A build shows everything or nothing, whatever happens to it, and makes the same bytes again."""

import io
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pyarrow import parquet
from pytest_django import Settings

from annotations.accounts.models import User
from annotations.claims.models import Claim, Status
from annotations.jobs.models import Job
from annotations.jobs.services import SILENCE, cancel, take
from annotations.releases import tasks
from annotations.releases.building import render, run
from annotations.releases.models import Release, ReleaseFile
from annotations.releases.publishing import Built
from annotations.releases.queries import visible_releases
from annotations.releases.reporting import Reporter
from annotations.releases.verifying import verify
from annotations.verification.moves import move_claim
from tests.factories.claims import Desk, desk, fact, verified
from tests.factories.releases import NAMES, calls_in, contents, killed_at, published, records, requested, shelf
from tests.factories.stored import path_of

BUILD = "from annotations.releases import tasks; tasks.build('{}')"
DEATHS = [
    ("claim_record", 3),  # in the middle of the snapshot
    ("flush_folder", 2),  # while the first file is being stored
    ("_verdicts", 4),  # in the middle of the CSV
    ("summary", 1),  # over the agreement figures
    ("publish", 1),  # with every file stored, before anything is shown
    ("_publish_claims", 1),  # inside the publishing transaction
    ("record_all", 1),  # at its last statement
]


def rendered(release: Release, job: Job, folder: Path) -> Built:
    """What a worker that takes the job makes, without publishing it."""
    taken = take(job.pk)
    assert taken
    folder.mkdir()
    with Reporter(taken) as reporter:
        return render(release, folder, reporter)


def let_time_pass(job: Job) -> None:
    """The worker of the job was last heard of long ago, and this was its first attempt."""
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - 2 * SILENCE, attempts=1)


def test_a_build_killed_anywhere_shows_nothing_and_the_next_makes_the_same_bytes(
    at: Desk, store: Path, tmp_path: Path
) -> None:
    shelf(at)
    release, job = requested(at)
    expected = rendered(release, job, tmp_path / "expected")
    let_time_pass(job)
    for function, nth in DEATHS:
        assert killed_at(function, nth, f"from annotations.releases import tasks; tasks.build('{job.pk}')"), function
        job.refresh_from_db()
        assert job.state == Job.State.RUNNING, function
        assert not visible_releases(at.ann, at.project).exists(), function
        assert not ReleaseFile.objects.exists(), function
        assert Claim.objects.filter(status=Status.VERIFIED).count() == 3, function
        tasks.build(str(job.pk))
        assert not visible_releases(at.ann, at.project).exists(), "a job that was heard of a moment ago is left alone"
        let_time_pass(job)
    tasks.build(str(job.pk))
    [shown] = visible_releases(at.ann, at.project)
    assert shown.public_id == expected.release_id
    files = {(file.name, file.sha256, file.size) for file in ReleaseFile.objects.filter(release=shown)}
    assert files == {(file.name, file.sha256, file.size) for file in expected.files}
    assert list((store / "scratch").iterdir()) == []
    assert not Claim.objects.filter(status=Status.VERIFIED).exists()


@pytest.mark.soak
def test_killed_at_twenty_random_points_it_never_shows_a_part(at: Desk, store: Path) -> None:
    shelf(at)
    _, trial = requested(at)
    calls = calls_in(BUILD.format(trial.pk))
    [first] = visible_releases(at.ann, at.project)
    _, job = requested(at)
    rng = random.Random(4711)
    for point in sorted(rng.randrange(1, calls) for _ in range(20)):
        assert killed_at("any", point, BUILD.format(job.pk)), f"{point} of {calls}"
        assert list(visible_releases(at.ann, at.project)) == [first], point
        assert ReleaseFile.objects.count() == len(NAMES), point
        let_time_pass(job)
    tasks.build(str(job.pk))
    shown, _ = visible_releases(at.ann, at.project)
    assert {file.name for file in shown.files.all()} == set(NAMES)
    assert all(path_of(file.sha256).stat().st_size == file.size for file in shown.files.all())
    assert list((store / "scratch").iterdir()) == []


def test_a_published_release_verifies(at: Desk, tmp_path: Path) -> None:
    shelf(at)
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in contents(published(at)).items():
        (folder / name).write_bytes(content)
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    assert verify(folder) == []


def test_no_byte_names_a_person(at: Desk) -> None:
    for number, user in enumerate(User.objects.all()):
        user.username, user.email = f"zq{number}xwv", f"mail{number}@people.example"
        user.first_name, user.last_name = f"Vorname{number}", f"Nachname{number}"
        user.save()
    shelf(at)
    files = contents(published(at))
    packed = [parquet.read_table(io.BytesIO(files[name])).to_pylist() for name in files if name.endswith(".parquet")]
    everything = b"".join([*files.values(), repr(packed).encode()])
    for user in User.objects.all():
        for word in (user.username, user.email, user.first_name, user.last_name):
            assert word.encode() not in everything


def test_the_whole_story_is_in_the_job(at: Desk) -> None:
    verified(at)
    release, job = requested(at)
    assert (job.state, job.kind) == (Job.State.QUEUED, "annotations.releases.build")
    tasks.build(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.SUCCEEDED, 1, 1)
    assert job.result == {"release": str(release.pk)}
    tasks.build(str(job.pk))
    assert visible_releases(at.ann, at.project).count() == 1


def test_progress_is_seen_while_the_snapshot_is_open(at: Desk, tmp_path: Path) -> None:
    shelf(at)
    release, job = requested(at)
    rendered(release, job, tmp_path / "work")
    job.refresh_from_db()
    assert (job.state, job.total) == (Job.State.RUNNING, 7)


def test_a_cancelled_build_stops_at_once_and_shows_nothing(at: Desk, store: Path) -> None:
    claim = verified(at)
    _, job = requested(at)
    taken = take(job.pk)
    assert taken
    cancel(at.ann, job_id=job.pk)
    run(taken)
    job.refresh_from_db()
    assert (job.state, job.errors) == (Job.State.CANCELLED, [])
    assert [path for path in store.rglob("*") if path.is_file()] == []
    assert not visible_releases(at.ann, at.project).exists()
    assert Claim.objects.get(pk=claim.pk).status == Status.VERIFIED


def test_a_build_whose_claims_are_gone_says_so(at: Desk) -> None:
    claim = verified(at)
    _, job = requested(at, filter={})
    move_claim(at.dora, claim_id=claim.pk, to="challenge", reason="Doubtful.")
    tasks.build(str(job.pk))
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.errors == [
        {"item": "", "detail": "None of the chosen claims is left: they changed since the release was asked for."}
    ]


def test_a_disk_that_cannot_be_written_is_named(at: Desk, tmp_path: Path, settings: Settings) -> None:
    verified(at)
    release, job = requested(at)
    (tmp_path / "a file").write_text("")
    settings.STORAGE_ROOT = tmp_path / "a file"
    tasks.build(str(job.pk))
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert job.errors[0]["detail"].startswith("The files could not be written: ")
    release.refresh_from_db()
    assert release.number is None


def test_releases_built_at_once_follow_each_other(at: Desk) -> None:
    shelf(at)
    jobs = [requested(at)[1] for _ in range(4)]

    def build(job: Job) -> None:
        try:
            tasks.build(str(job.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(build, jobs))
    releases = list(visible_releases(at.ann, at.project))
    assert [release.number for release in releases] == [4, 3, 2, 1]
    assert [release.parent_id for release in releases] == [*(one.pk for one in releases[1:]), None]
    for release in releases:
        assert f'"number": {release.number},'.encode() in contents(release)["manifest.json"]


def test_a_stored_file_is_what_its_row_says(at: Desk) -> None:
    verified(at)
    for file in published(at).files.all():
        assert path_of(file.sha256).stat().st_size == file.size


@pytest.mark.parametrize("rules", [{"labels_per_claim": 1}, {"blind": False}, {"four_eyes": False}])
def test_the_rules_in_force_are_stated(transactional_db: None, rules: dict[str, bool | int]) -> None:
    at = desk(**rules)
    verified(at)
    manifest = contents(published(at))["manifest.json"].decode()
    [(name, value)] = rules.items()
    assert f'"{name}": {str(value).lower()}' in manifest


def test_only_the_chosen_claims_are_in_it(at: Desk) -> None:
    chosen, _other = verified(at), verified(at)
    fact(at)
    release = published(at, filter={"articles": [chosen.article_id, str(chosen.article_id)]})
    assert [row["id"] for row in records(release, "claim")] == [str(chosen.pk)]
    assert [row["id"] for row in records(release, "article")] == [str(chosen.article_id)]
    assert release.filter["articles"] == [str(chosen.article_id)]
