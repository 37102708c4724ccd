"""Three people in three windows take the real article from paste to a published release, on the real product.

With `SCREENSHOTS=folder` the pictures of the README and the guides are taken on the way; there are no others.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.product import Product, eventually

ARTICLE = Path(__file__).parents[1] / "golden" / "strikes-in-iraq.txt"
PASSWORD = "a-long-pass-91"
PEOPLE = ("ann", "ben", "cleo")
# What ben says of the sixteen units; cleo says the same but of the fifth. `1` attributed, `2` fact, `3` opinion.
SAID = "1111121111111223"
CLEO = SAID[:4] + "2" + SAID[5:]
PICTURES = Path(__file__).parents[2] / "docs" / "images"
Window = dict[str, Page]
taken: set[str] = set()


@pytest.fixture
def window(product: Product, browser: Browser) -> Iterator[Window]:
    """A window of each of the three, signed in by password; a script error or a 5xx fails the test."""
    pages: Window = {}
    wrong: list[str] = []
    for name in PEOPLE:
        product.try_manage("create_user", name, "--password", PASSWORD)
        context = browser.new_context(base_url=product.url, viewport={"width": 1440, "height": 900})
        page = pages[name] = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 500 else None)
        page.goto("/sign-in/")
        page.locator("[name=username]").fill(name)
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/")
    yield pages
    for page in pages.values():
        page.context.close()
    assert wrong == []


def test_from_paste_to_a_verified_release(product: Product, window: Window, tmp_path: Path) -> None:
    project = begun(window["ann"])
    article = imported_and_opened(window["ann"], project)
    label_and_hand_in(window["ben"], article, SAID)
    assert "disput" not in window["ben"].locator("main").inner_text().lower()
    label_and_hand_in(window["cleo"], article, CLEO)
    decided(window["ann"], project)
    fact, attributed = claims_to_check(window["ben"], project)
    checked(window["ben"], window["ann"], fact, "content", "supported")
    checked(window["ben"], window["ann"], attributed, "attribution", "accurate")
    seen(window["ben"], "claim", attributed)
    seen(window["ann"], "agreement", f"/projects/{project}/agreement/")
    expect(window["ann"].locator("main")).to_contain_text("16")
    released(window["ann"], project)
    exported(product, project, tmp_path)
    assert {f"{name}.png" for name in taken} == {picture.name for picture in PICTURES.iterdir()}


def begun(page: Page) -> str:
    page.goto("/projects/new/")
    page.locator("[name=name]").fill("Strikes in Iraq")
    page.get_by_role("button", name="Begin the project").click()
    page.wait_for_url(re.compile(r"/projects/(?!new)"))
    slug = page.url.rstrip("/").rsplit("/", 1)[1]
    for name in ("ben", "cleo"):
        page.goto(f"/projects/{slug}/members/")
        add = page.locator('form[action$="/members/add/"]')
        add.locator("[name=username]").fill(name)
        add.locator("[name=role]").select_option("reviewer")
        add.get_by_role("button").click()
        expect(page.locator("main")).to_contain_text(name)
    seen(page, "members", None)
    return slug


def imported_and_opened(page: Page, project: str) -> str:
    page.goto(f"/projects/{project}/articles/new/")
    page.locator("[name=text]").fill(ARTICLE.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Store and propose units").click()
    page.wait_for_url(re.compile(r"/articles/[0-9a-f-]{36}/$"))
    article = page.url
    seen(page, "editor", None)
    page.locator("#opening summary").click()
    page.locator("#open-form button").click()
    page.wait_for_url(re.compile(r"claim="))
    return article


def label_and_hand_in(page: Page, article: str, keys: str) -> None:
    """By keys alone: a label for each claim, on to the next, then handing in."""
    page.goto(article)
    for place, key in enumerate(keys, 1):
        page.keyboard.press(key)
        expect(page.locator("body")).to_contain_text(f"{place} of {len(keys)} labelled by you")
        if place == 5:
            seen(page, "room", None)
        if place < len(keys):
            # A fact or an opinion goes on by itself; an attributed statement stays, for who says it.
            if key == "1":
                page.keyboard.press("Enter")
            expect(page.locator("input[name=label]:checked")).to_have_count(0)
    page.keyboard.press("h")
    seen(page, "hand-in", None)
    page.get_by_role("button", name="Hand in", exact=True).click()
    expect(page.locator("body")).to_contain_text(f"{len(keys)} labels handed in.")


def decided(page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/disputes/")
    page.locator('a[href*="/decide/"]').first.click()
    expect(page.locator("main")).to_contain_text("Reviewer A")
    assert "ben" not in page.locator("main").inner_text()
    seen(page, "decide", None)
    page.wait_for_load_state()  # keys work once the page's script has run
    page.keyboard.press("1")
    page.locator("[name=reason]").fill("Two sources are named with a cue: according to.")
    page.get_by_role("button", name="Decide", exact=True).click()
    page.wait_for_url(lambda address: "/decide/" not in address)
    page.goto(f"/projects/{project}/disputes/")
    expect(page.locator('a[href*="/decide/"]')).to_have_count(0)


def claims_to_check(page: Page, project: str) -> tuple[str, str]:
    """The addresses of a verifiable fact and of an attributed statement."""
    found = []
    for words in ("verifiable fact", "attributed statement"):
        page.goto(f"/projects/{project}/checking/")
        row = page.locator("tr, li", has=page.locator('a[href^="/claims/"]')).filter(has_text=words).first
        found.append(str(row.locator('a[href^="/claims/"]').first.get_attribute("href")))
    return found[0], found[1]


def checked(proposer: Page, approver: Page, claim: str, aspect: str, verdict: str) -> None:
    proposer.goto(claim)
    proposer.locator("summary", has_text="Add evidence").click()
    form = proposer.locator('form[action$="/evidence/"]')
    if form.locator("select[name=aspect]").count():
        form.locator("[name=aspect]").select_option(aspect)
    form.locator("[name=url]").fill(f"https://archive.example/{aspect}")
    form.locator("[name=stance]").select_option("supports")
    form.locator("[name=tier]").select_option("primary")
    form.locator("[name=quote]").fill("Iraq adopted the law to expel foreign forces.")
    form.get_by_role("button").last.click()
    panel = proposer.locator(f"#aspect-{aspect}")
    expect(panel).to_contain_text("archive.example")
    panel.locator("summary", has_text="Propose a verdict").click()
    panel.locator("[name=verdict]").select_option(verdict)
    panel.locator("[name=explanation]").fill("The gazette of that week prints it word for word.")
    panel.locator("[name=as_of]").fill("2026-01-31")
    panel.get_by_role("button", name="Propose", exact=True).click()
    expect(panel).to_contain_text("proposed by ben")
    expect(panel.get_by_role("button", name="Approve")).to_have_count(0)
    approver.goto(claim)
    approver.locator(f"#aspect-{aspect}").get_by_role("button", name="Approve").click()
    expect(approver.locator("main")).to_contain_text("verified")


def released(page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/releases/new/")
    page.locator("[name=title]").fill("First set")
    page.locator("main form").filter(has=page.locator("[name=title]")).get_by_role("button").last.click()
    page.get_by_role("link", name="Go to the release").click(timeout=60_000)
    expect(page.locator("main")).to_contain_text("manifest.json")


def exported(product: Product, project: str, folder: Path) -> None:
    """What was released verifies, names exact spans, and one changed byte is found."""
    target = folder / "release"
    product.manage("export_release", project, "--output", str(target))
    assert product.try_manage("verify_release", str(target)).returncode == 0
    records = [json.loads(line) for line in (target / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {record["id"]: record["text"] for record in records if record["type"] == "article"}
    claims = [record for record in records if record["type"] == "claim"]
    assert len(claims) == 2
    for claim in claims:
        [anchor] = claim["anchors"]
        assert texts[claim["article_id"]][anchor["start"] : anchor["end"]] == anchor["exact"]
    changed = bytearray((target / "claims.csv").read_bytes())
    changed[len(changed) // 2] ^= 1
    (target / "claims.csv").write_bytes(changed)
    assert product.try_manage("verify_release", str(target)).returncode == 1
    assert eventually(lambda: product.process.poll() is None, 1)


def seen(page: Page, name: str, path: str | None) -> None:
    """Take a picture of this page for the docs, where pictures are asked for."""
    taken.add(name)
    if path:
        page.goto(path)
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png")
