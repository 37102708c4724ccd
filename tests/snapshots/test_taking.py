"""Sources are fetched, kept whole, and every end of it is told."""

import hashlib
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import TestCase
from fastwarc.warc import ArchiveIterator, WarcRecordType

from annotations.audit.models import Event
from annotations.jobs.models import Job
from annotations.snapshots.models import Snapshot
from tests.factories.stored import path_of
from tests.factories.web import Web, page, reply
from tests.personas import Person, Team, team
from tests.snapshots.conftest import work

pytestmark = pytest.mark.django_db
TEXT = "The ministry counted 1,240 cases in March.\nA year before it had been 980."


@pytest.fixture
def at() -> Team:
    return team(ben="reviewer", vic="viewer")


def add(person: Person, url: str, *, want: int = 201, **more: Any) -> dict[str, Any]:
    return person.api("POST", "projects/desk/sources/", {"url": url, **more}, want=want)


def snapshots(person: Person, source: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.api("GET", f"sources/{source['id']}/snapshots/")["results"]
    return found


def taken(person: Person, web: Web, path: str) -> dict[str, Any]:
    """The snapshot of a source at this path, after the worker has been at it."""
    source = add(person, web.url(path))
    assert work() == 1
    found = snapshots(person, source)[0]
    return person.api("GET", f"snapshots/{found['id']}/")


class TestFetched:
    def test_a_source_is_fetched_kept_and_read(self, at: Team, web: Web) -> None:
        web.pages["/report"] = page(TEXT, title="Cases in March")
        source = add(at.ben, web.url("/report"))
        (waiting,) = snapshots(at.ben, source)
        assert waiting["state"] == "queued"
        work()
        found = at.ben.api("GET", f"snapshots/{waiting['id']}/")
        assert (found["state"], found["status"], found["address"]) == ("fetched", 200, "127.0.0.1")
        assert "1,240 cases" in found["text"]
        assert found["text_sha256"] == hashlib.sha256(found["text"].encode()).hexdigest()
        assert web.asked == ["/robots.txt", "/report"]
        events = Event.objects.filter(subject_id=waiting["id"]).order_by("number").values_list("verb", flat=True)
        assert list(events) == ["snapshot.requested", "snapshot.fetched"]

    def test_redirects_are_followed_and_kept(self, at: Team, web: Web) -> None:
        web.pages["/old"] = reply(b"", status=301, Location="/new")
        web.pages["/new"] = page(TEXT)
        found = taken(at.ben, web, "/old")
        assert found["final_url"] == web.url("/new")
        assert [(hop["url"], hop["status"]) for hop in found["hops"]] == [
            (web.url("/old"), 301),
            (web.url("/new"), 200),
        ]

    @pytest.mark.parametrize(
        ("path", "answer", "state", "code"),
        [
            ("/gone", reply(b"gone", status=410), "failed", "status"),
            ("/round", reply(b"", status=302, Location="/round"), "failed", "redirects"),
            ("/away", reply(b"", status=302, Location="http://10.0.0.5/"), "refused", "port"),
            ("/inside", reply(b"", status=302, Location="file:///etc/passwd"), "refused", "scheme"),
        ],
    )
    def test_what_does_not_come_says_why(
        self, at: Team, web: Web, path: str, answer: Any, state: str, code: str
    ) -> None:
        web.pages[path] = answer
        found = taken(at.ben, web, path)
        assert (found["state"], found["reason_code"]) == (state, code)
        assert found["reason"].endswith(".")
        listed = at.vic.api("GET", "projects/desk/sources/failures/")["results"]
        assert [each["id"] for each in listed] == [found["id"]]

    def test_a_media_type_that_is_none_is_not_sent_back(self, at: Team, web: Web) -> None:
        web.pages["/odd"] = reply(TEXT.encode(), kind="text/html<script>")
        assert taken(at.ben, web, "/odd")["media_type"] == "application/octet-stream"

    def test_robots_are_asked(self, at: Team, web: Web) -> None:
        web.pages["/robots.txt"] = reply(b"User-agent: *\nDisallow: /private", kind="text/plain")
        found = taken(at.ben, web, "/private/report")
        assert (found["state"], found["reason_code"]) == ("refused", "robots")
        assert web.asked == ["/robots.txt"]


class TestKept:
    def test_two_readers_open_the_warc_file_and_replay_the_bytes(self, at: Team, web: Web, tmp_path: Path) -> None:
        web.pages["/old"] = reply(b"", status=302, Location="/report")
        body = "<html><body><p>Écoutez: 🙂 ﷺ</p></body></html>".encode()
        web.pages["/report"] = reply(body)
        found = taken(at.ben, web, "/old")
        path = tmp_path / "one.warc.gz"
        path.write_bytes(download(at.ben, found, "warc"))
        checked = subprocess.run(
            [sys.executable, "-m", "warcio.cli", "check", "-v", path], check=False, capture_output=True, text=True
        )
        assert checked.returncode == 0, checked.stdout
        assert checked.stdout.count("digest pass") == 7
        records = list(ArchiveIterator(io.BytesIO(path.read_bytes()), parse_http=False, verify_digests=True))
        assert len(records) == 7
        with path.open("rb") as file:
            replayed = [
                (record.headers["WARC-Target-URI"], record.reader.read())
                for record in ArchiveIterator(file, record_types=WarcRecordType.response)
            ]
        assert replayed == [(web.url("/old"), b""), (web.url("/report"), body)]
        assert download(at.ben, found, "body") == body
        assert found["sha256"] == hashlib.sha256(body).hexdigest()
        assert found["warc_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()

    def test_captures_are_only_ever_downloads(self, at: Team, web: Web) -> None:
        web.pages["/x"] = reply(b"<script>alert(1)</script><p>Words of a page.</p>")
        found = taken(at.ben, web, "/x")
        for form in ("warc", "body"):
            answer = at.ben.program.get(f"/api/v1/snapshots/{found['id']}/{form}")
            assert answer["Content-Type"] == "application/octet-stream"
            assert answer["Content-Disposition"].startswith("attachment")
            assert "sandbox" in answer["Content-Security-Policy"]
        assert at.ben.program.get(f"/api/v1/snapshots/{found['id']}/html").status_code == 404

    def test_nothing_of_it_changes_any_more(self, at: Team, web: Web) -> None:
        web.pages["/x"] = page(TEXT)
        found = taken(at.ben, web, "/x")
        for statement in ("UPDATE annotations_snapshot SET title = 'x'", "DELETE FROM annotations_snapshot"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"{statement} WHERE id = %s", [found["id"]])

    def test_a_file_is_a_snapshot_of_its_own(self, at: Team, web: Web) -> None:
        source = add(at.ben, "", title="Minutes of the council")
        file = SimpleUploadedFile("minutes.txt", b"The council met on Monday.", content_type="text/plain")
        answer = at.ben.program.post(f"/api/v1/sources/{source['id']}/snapshots/", {"file": file})
        assert answer.status_code == 202, answer.content
        assert work() == 1
        found = at.ben.api("GET", f"snapshots/{answer.json()['id']}/")
        assert found["text"] == "The council met on Monday."
        assert (found["state"], found["file_name"]) == ("uploaded", "minutes.txt")
        assert download(at.ben, found, "body") == b"The council met on Monday."
        at.ben.api("POST", f"sources/{source['id']}/snapshots/", {}, want=409)
        empty = SimpleUploadedFile("empty.txt", b"")
        assert at.ben.program.post(f"/api/v1/sources/{source['id']}/snapshots/", {"file": empty}).status_code == 400


class TestSurvives:
    def test_delivered_three_times_it_is_taken_once(self, at: Team, web: Web) -> None:
        from annotations.tasks import take

        web.pages["/x"] = page(TEXT)
        source = add(at.ben, web.url("/x"))
        job = Job.objects.get()
        for _ in range(3):
            take(str(job.pk))
        assert len(snapshots(at.ben, source)) == 1
        assert web.asked.count("/x") == 1
        assert len(list(Path(path_of("0" * 64)).parents[2].rglob("*/*/*"))) == 1
        assert Event.objects.filter(verb="snapshot.fetched").count() == 1

    def test_a_cancelled_fetch_says_so(self, at: Team, web: Web) -> None:
        from annotations.snapshots.services import settle_lost

        source = add(at.ben, web.url("/x"))
        at.ann.api("DELETE", f"jobs/{Job.objects.get().pk}/")
        assert work() == 0
        assert settle_lost() == 1
        (found,) = snapshots(at.ben, source)
        assert (found["state"], found["reason_code"]) == ("failed", "cancelled")
        assert settle_lost() == 0

    def test_what_a_dead_worker_stored_goes_with_its_job(self, at: Team, web: Web) -> None:
        from annotations import storage
        from annotations.snapshots.services import draft, settle_lost

        add(at.ben, web.url("/x"))
        left = storage.put([b"half of it"])
        draft(Snapshot.objects.get(), left.sha256)
        at.ann.api("DELETE", f"jobs/{Job.objects.get().pk}/")
        with TestCase.captureOnCommitCallbacks(execute=True):
            assert settle_lost() == 1
        assert not storage.exists(left.sha256)

    def test_who_asks_again_while_it_is_fetched_is_told(self, at: Team, web: Web) -> None:
        source = add(at.ben, web.url("/x"))
        at.ben.api("POST", f"sources/{source['id']}/snapshots/", {}, want=409)
        work()
        at.ben.api("POST", f"sources/{source['id']}/snapshots/", {}, want=202)
        assert [each["state"] for each in snapshots(at.ben, source)] == ["queued", "failed"]

    def test_hosts_are_left_alone_in_between(self, at: Team, web: Web, settings: Any) -> None:
        settings.FETCH_PAUSE = 30
        web.pages["/a"] = web.pages["/b"] = page(TEXT)
        add(at.ben, web.url("/a"))
        add(at.ben, web.url("/b"))
        work()
        states = list(Snapshot.objects.order_by("requested_at").values_list("state", flat=True))
        assert states == ["fetched", "fetching"]
        later = Job.objects.get(state=Job.State.QUEUED)
        assert later.attempts == 0 and later.not_before is not None
        work()
        assert web.asked.count("/b") == 0


def download(person: Person, snapshot: dict[str, Any], form: str) -> bytes:
    answer = person.program.get(f"/api/v1/snapshots/{snapshot['id']}/{form}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)
