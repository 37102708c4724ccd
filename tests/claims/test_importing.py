"""Articles by address and as documents: fetched or uploaded, looked at, stored; the original is kept."""

import io
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.articles.models import Article
from tests.factories.web import Web, page, reply
from tests.personas import Team, team
from tests.snapshots.conftest import web, work

pytestmark = pytest.mark.django_db
__all__ = ["web"]
TEXT = "The ministry counted 1,240 cases in March.\nA year before it had been 980, the minister said."
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>One</title><link>https://example.org/one</link><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item>
<item><title>Two &amp; more</title><link>https://example.org/two</link></item></channel></rss>"""


@pytest.fixture
def at() -> Team:
    return team(ben="reviewer")


class TestApi:
    def test_an_address_becomes_an_article(self, at: Team, web: Web) -> None:
        web.pages["/news"] = page(TEXT, title="Cases in March")
        asked = at.ann.api("POST", "projects/desk/imports/", {"url": web.url("/news")}, want=202)
        assert at.ann.api("GET", f"jobs/{asked['job']}/")["state"] == "queued"
        work()
        job = at.ann.api("GET", f"jobs/{asked['job']}/")
        assert job["state"] == "succeeded", job
        article = at.ann.api("GET", f"articles/{job['result']['article']}/")
        assert (article["title"], article["url"]) == ("Cases in March", web.url("/news"))
        assert "1,240 cases" in article["text"]
        assert Article.objects.get().snapshot_id is not None
        assert at.ann.api("GET", f"snapshots/{asked['snapshot']}/")["state"] == "fetched"
        at.ben.api("GET", f"snapshots/{asked['snapshot']}/", want=404)

    def test_the_same_again_is_refused_and_names_itself(self, at: Team, web: Web) -> None:
        web.pages["/news"] = page(TEXT)
        for _ in range(2):
            asked = at.ann.api("POST", "projects/desk/imports/", {"url": web.url("/news")}, want=202)
            work()
        job = at.ann.api("GET", f"jobs/{asked['job']}/")
        assert job["state"] == "failed"
        assert "in the project already" in job["errors"][0]["detail"]
        assert at.ann.api("GET", f"snapshots/{asked['snapshot']}/")["state"] == "fetched"

    def test_what_does_not_come_fails_with_its_reason(self, at: Team, web: Web) -> None:
        asked = at.ann.api("POST", "projects/desk/imports/", {"url": web.url("/gone")}, want=202)
        work()
        job = at.ann.api("GET", f"jobs/{asked['job']}/")
        assert (job["state"], job["errors"]) == (
            "failed",
            [{"item": web.url("/gone"), "detail": "The server answered with status 404."}],
        )

    @pytest.mark.parametrize("make", ["word", "plain", "html"])
    def test_documents_become_articles(self, at: Team, web: Web, make: str) -> None:
        file = SimpleUploadedFile("cases", MAKE[make]())
        answer = at.ann.program.post("/api/v1/projects/desk/imports/", {"file": file})
        assert answer.status_code == 202, answer.content
        work()
        job = at.ann.api("GET", f"jobs/{answer.json()['job']}/")
        assert job["state"] == "succeeded", job
        assert "1,240 cases" in at.ann.api("GET", f"articles/{job['result']['article']}/")["text"]


def word() -> bytes:
    document, body = docx.Document(), io.BytesIO()
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    document.save(body)
    return body.getvalue()


def html() -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    return f"<!doctype html><html><body><article>{lines}</article></body></html>".encode()


MAKE = {"word": word, "plain": TEXT.encode, "html": html}


class TestPages:
    def test_what_was_read_is_looked_at_and_mended_before_it_is_stored(self, at: Team, web: Web) -> None:
        web.pages["/news"] = page(TEXT, title="Cases in March")
        begun = at.ann.browser.post("/projects/desk/imports/", {"address": web.url("/news")})
        assert begun.status_code == 302
        assert "snapshot-progress" in at.ann.browser.get(begun.url).content.decode()
        work()
        shown = at.ann.browser.get(begun.url).content.decode()
        assert "1,240 cases" in shown and 'value="Cases in March"' in shown
        assert not Article.objects.exists()
        stored = at.ann.browser.post(
            begun.url, {"text": TEXT, "title": "Mended", "language": "en", "url": web.url("/news")}
        )
        assert stored.status_code == 302
        assert Article.objects.get().title == "Mended"
        assert "Mended" in at.ann.browser.get(begun.url).content.decode()

    def test_a_feed_is_a_list_of_articles_to_choose_from(self, at: Team, web: Web) -> None:
        web.pages["/feed"] = reply(FEED, kind="application/rss+xml")
        begun = at.ann.browser.post("/projects/desk/imports/", {"address": web.url("/feed")})
        work()
        shown = at.ann.browser.get(begun.url).content.decode()
        assert "Two &amp; more" in shown and 'value="https://example.org/one"' in shown and "2026-03-02" in shown

    def test_neither_address_nor_file_is_told(self, at: Team, web: Web) -> None:
        answer = at.ann.browser.post("/projects/desk/imports/", {}, follow=True)
        assert "Paste the address of a page, or choose a file." in answer.content.decode()
        assert at.ben.browser.post("/projects/desk/imports/", {"address": "https://x.org"}).status_code == 403


def test_files_of_documents_are_imported_by_the_command(at: Team, tmp_path: Path) -> None:
    from django.core.management import call_command

    (tmp_path / "a.docx").write_bytes(word())
    call_command("import_articles", "desk", str(tmp_path))
    assert "1,240 cases" in Article.objects.get().text
