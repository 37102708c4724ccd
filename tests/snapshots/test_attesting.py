"""Others vouch for what was kept: timestamp tokens and copies in an archive, pending, done or failed, never silent."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from annotations.audit.models import Event
from annotations.jobs.models import Job
from annotations.snapshots.archives import Standing
from annotations.snapshots.models import Attestation, Snapshot
from annotations.snapshots.queries import sealed_values
from annotations.snapshots.sealing import seal
from annotations.snapshots.tasks import settle
from tests.factories.stored import path_of
from tests.factories.vouching import Archive, Authority
from tests.factories.web import Web, page, reply
from tests.personas import Team, team
from tests.snapshots.conftest import work
from tests.snapshots.test_taking import TEXT, add, snapshots, taken
from tests.snapshots.test_verifying import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Team:
    return team(ben="reviewer", vic="viewer")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "own")


@pytest.fixture
def stamping(web: Web, settings: Any, authority: Authority) -> Authority:
    """An authority that is set up."""
    web.pages["/tsa"] = authority.answer
    web.pages["/report"] = page(TEXT)
    settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = web.url("/tsa"), str(authority.root)
    return authority


@pytest.fixture
def archive(web: Web, settings: Any) -> Archive:
    """An archive that is set up."""
    settings.ARCHIVE_URL, settings.ARCHIVE_KEY = web.url(""), "key:secret"
    found = Archive(web)
    found.open()
    return found


def vouched(at: Team, snapshot: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = at.ben.api("GET", f"snapshots/{snapshot}/")["attestations"]
    return found


def later(**by: float) -> None:
    """So much time passes for the jobs that wait."""
    for job in Job.objects.filter(state=Job.State.QUEUED).exclude(not_before=None):
        Job.objects.filter(pk=job.pk).update(not_before=(job.not_before or timezone.now()) - timedelta(**by))
    work()


class TestTimestamps:
    def test_a_token_over_the_file_comes_and_openssl_believes_it(self, at: Team, web: Web, stamping: Authority) -> None:
        before = timezone.now() - timedelta(seconds=2)
        found = taken(at.ben, web, "/report")
        (pending,) = found["attestations"]
        assert (pending["kind"], pending["state"], pending["attested_at"]) == ("timestamp", "pending", None)
        work()
        (done,) = vouched(at, found["id"])
        assert (done["state"], done["reason"]) == ("done", None)
        assert before <= datetime.fromisoformat(done["attested_at"]) <= timezone.now() + timedelta(seconds=2)
        answer = at.vic.browser.get(f"/snapshots/{found['id']}/timestamp")
        token = b"".join(answer.streaming_content)
        assert answer["Content-Disposition"].endswith('.tsr"')
        assert "Verification: OK" in stamping.verify(token, path_of(found["warc_sha256"]).read_bytes())
        assert said() == ("1 snapshots are what was received.\n", True)
        verbs = Event.objects.filter(subject_id=found["id"]).order_by("number").values_list("verb", flat=True)
        assert list(verbs) == ["snapshot.requested", "snapshot.fetched", "snapshot.timestamped"]

    def test_who_is_not_there_is_asked_again_ever_later_and_at_last_given_up(
        self, at: Team, web: Web, stamping: Authority
    ) -> None:
        web.pages["/tsa"] = reply(b"busy", status=503)
        found = taken(at.ben, web, "/report")
        work()
        for wait in ({"minutes": 1}, {"minutes": 10}, {"hours": 1}):
            (waits,) = vouched(at, found["id"])
            assert (waits["state"], waits["reason"]) == ("pending", "The server answered with status 503.")
            later(**wait)
        (given_up,) = vouched(at, found["id"])
        assert (given_up["state"], given_up["reason"]) == ("failed", "The server answered with status 503.")
        assert Job.objects.filter(kind="annotations.snapshots.attest").get().state == "failed"
        assert web.asked.count("/tsa") == 4
        page = at.ben.browser.get(f"/snapshots/{found['id']}/").content.decode()
        assert "The server answered with status 503." in page and "Ask again" in page
        assert "Ask again" not in at.vic.browser.get(f"/snapshots/{found['id']}/").content.decode()
        web.pages["/tsa"] = stamping.answer
        at.ben.api("POST", f"snapshots/{found['id']}/attestations/", {}, want=202)
        at.ben.api("POST", f"snapshots/{found['id']}/attestations/", {}, want=409)
        work()
        assert [each["state"] for each in vouched(at, found["id"])] == ["failed", "done"]

    def test_a_token_of_somebody_else_or_over_something_else_is_none(
        self, at: Team, web: Web, stamping: Authority, tmp_path: Path
    ) -> None:
        stranger = Authority(tmp_path / "stranger")
        web.pages["/tsa"] = stranger.answer
        found = taken(at.ben, web, "/report")
        work()
        (waits,) = vouched(at, found["id"])
        assert waits["state"] == "pending" and "no token for this file" in waits["reason"]
        web.pages["/tsa"] = reply((stranger.folder / "reply").read_bytes())
        later(minutes=1)
        (waits,) = vouched(at, found["id"])
        assert waits["state"] == "pending" and waits["attested_at"] is None

    def test_nothing_is_sent_but_the_hash(self, at: Team, web: Web, stamping: Authority) -> None:
        taken(at.ben, web, "/report")
        work()
        query = (stamping.folder / "query").read_bytes()
        assert len(query) < 100 and b"report" not in query

    @pytest.mark.parametrize(
        ("column", "value"), [("attested_at", datetime(2020, 1, 1, tzinfo=UTC)), ("token", b"\0"), ("service", "x")]
    )
    def test_a_changed_row_is_named(self, at: Team, web: Web, stamping: Authority, column: str, value: object) -> None:
        found = taken(at.ben, web, "/report")
        work()
        table = "annotations_attestation"
        with pytest.raises(DatabaseError), transaction.atomic():
            Attestation.objects.update(**{column: value})
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(f"UPDATE {table} SET {column} = %s", [value])
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        told, well = said()
        assert not well and found["id"] in told and "said of it was changed" in told

    def test_without_roots_it_is_not_started(self, settings: Any, tmp_path: Path) -> None:
        settings.TIMESTAMP_URL, settings.TIMESTAMP_CA = "http://tsa.example/", str(tmp_path / "none")
        assert [error.id for error in run_checks()] == ["workbench.E001"]


class TestArchives:
    def kept(self, at: Team, web: Web) -> Snapshot:
        """A snapshot of a public page."""
        source = add(at.ben, web.url("/none"))
        work()
        (gone,) = snapshots(at.ben, source)
        found = Snapshot.objects.get(pk=gone["id"])
        found.pk, found.job, found.state, found.seal = None, None, Snapshot.State.FETCHED, ""
        found.id = Snapshot._meta.get_field("id").get_default()
        found.address, found.url, found.final_url = (
            "93.184.215.14",
            "http://example.com/a?b=c",
            "http://example.com/é?b=c",
        )
        found.warc_sha256 = found.sha256 = "0" * 64
        found.seal = seal(sealed_values(found))
        found.save(force_insert=True)
        return found

    def asked(self, at: Team, snapshot: Snapshot) -> None:
        at.ben.api("POST", f"snapshots/{snapshot.pk}/attestations/", {}, want=202)
        work()

    def test_a_copy_is_asked_for_waited_for_and_shown(self, at: Team, web: Web, archive: Archive) -> None:
        snapshot = self.kept(at, web)
        self.asked(at, snapshot)
        assert archive.asked == [("http://example.com/é?b=c", "LOW key:secret")]
        (waits,) = vouched(at, str(snapshot.pk))
        assert (waits["kind"], waits["state"], waits["copy"]) == ("archive", "pending", "")
        later(seconds=10)
        assert vouched(at, str(snapshot.pk))[0]["state"] == "pending"
        archive.standing = {"status": "success", "timestamp": "20261123101112", "original_url": "http://example.com/e"}
        later(seconds=10)
        (done,) = vouched(at, str(snapshot.pk))
        assert done["copy"] == web.url("/web/20261123101112/http://example.com/e")
        assert datetime.fromisoformat(done["attested_at"]) == datetime(2026, 11, 23, 10, 11, 12, tzinfo=UTC)
        assert done["copy"] in at.vic.browser.get(f"/snapshots/{snapshot.pk}/").content.decode()
        assert len(archive.asked) == 1

    def test_what_it_cannot_copy_is_told(self, at: Team, web: Web, archive: Archive) -> None:
        snapshot = self.kept(at, web)
        self.asked(at, snapshot)
        archive.standing = {"status": "error", "message": "The page is too <b>large</b>."}
        later(seconds=10)
        (failed,) = vouched(at, str(snapshot.pk))
        assert failed["reason"] == "The archive could not copy it: The page is too <b>large</b>."
        assert "<b>large" not in at.vic.browser.get(f"/snapshots/{snapshot.pk}/").content.decode()

    @pytest.mark.parametrize(
        "standing",
        [
            {"status": "success", "timestamp": "20261123101112", "original_url": "http://example.com/\0"},
            {"status": "error", "message": "Gone\0 wrong"},
            {"status": ["odd"], "message": {"a": "b"}},
        ],
    )
    def test_odd_words_end_it_with_a_reason(
        self, at: Team, web: Web, archive: Archive, standing: dict[str, object]
    ) -> None:
        snapshot = self.kept(at, web)
        self.asked(at, snapshot)
        archive.standing = standing
        later(seconds=10)
        (failed,) = vouched(at, str(snapshot.pk))
        assert failed["state"] == "failed" and failed["reason"].startswith("The archive could not copy it")

    def test_an_archive_that_takes_long_shows_that_the_work_goes_on(
        self, at: Team, web: Web, archive: Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[str] = []
        monkeypatch.setattr("annotations.snapshots.living.advance", lambda job, **_: not told.append(str(job.pk)))
        snapshot = self.kept(at, web)
        self.asked(at, snapshot)
        assert str(Job.objects.get(kind="annotations.snapshots.attest").pk) in told

    def test_what_another_worker_took_over_is_left_to_it(
        self, at: Team, web: Web, archive: Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        snapshot = self.kept(at, web)
        at.ben.api("POST", f"snapshots/{snapshot.pk}/attestations/", {}, want=202)
        monkeypatch.setattr(
            "annotations.snapshots.vouching.archives.ask",
            lambda *_: Job.objects.update(attempts=2) and Standing(ticket="spn2-1"),
        )
        work()
        held = Attestation.objects.get()
        assert (held.ticket, held.tries, held.state) == ("", 0, "pending")

    @pytest.mark.parametrize(
        "answer", [b"", b"[]", b"{}", b'{"job_id": 7}', b'{"job_id": "../x"}', b"\xff", b"[" * 9000]
    )
    def test_nonsense_is_waited_out(self, at: Team, web: Web, archive: Archive, answer: bytes) -> None:
        snapshot = self.kept(at, web)
        web.pages["/save"] = reply(answer)
        self.asked(at, snapshot)
        (waits,) = vouched(at, str(snapshot.pk))
        assert waits["state"] == "pending" and waits["reason"].startswith("The archive")

    def test_what_lies_in_a_private_network_stays_unknown_to_it(self, at: Team, web: Web, archive: Archive) -> None:
        web.pages["/report"] = page(TEXT)
        found = taken(at.ben, web, "/report")
        assert found["attestations"] == [] and archive.asked == []
        at.ben.api("POST", f"snapshots/{found['id']}/attestations/", {}, want=409)

    def test_a_cancelled_job_is_told_too(self, at: Team, web: Web, archive: Archive) -> None:
        snapshot = self.kept(at, web)
        at.ben.api("POST", f"snapshots/{snapshot.pk}/attestations/", {}, want=202)
        job = Job.objects.get(state="queued")
        at.ann.api("DELETE", f"jobs/{job.pk}/")
        assert settle() == 1 and settle() == 0
        assert vouched(at, str(snapshot.pk))[0]["reason"] == "It was cancelled."
