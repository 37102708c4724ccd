"""Twenty-four hard texts: what is selected in Chromium is the stored span is the span of the release."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.opening import open_article
from annotations.claims.services import import_and_propose
from annotations.labelling.services import close_article
from tests.browser.conftest import Windows
from tests.factories.claims import Desk, desk
from tests.factories.releases import published, records

TEXTS: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "golden/selections.json").read_text())
# Where a hand would press and let go: just inside the first and the last character that people see, on the side where
# it begins and ends in the direction of its own run.
ENDS = """
(words) => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && !walker.currentNode.data.includes(words));
  const node = walker.currentNode;
  const at = node.data.indexOf(words);
  const characters = new Intl.Segmenter("und", { granularity: "grapheme" }).segment(words);
  const seen = [...characters].map(({ segment }) => segment.length);
  const box = (from, to) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return range.getBoundingClientRect();
  };
  const point = (place, from, to) => {
    const whole = box(from, to);
    const isLeft = box(place, place).x < whole.x + whole.width / 2;
    return [isLeft ? whole.left + 1 : whole.right - 1, whole.top + whole.height / 2];
  };
  const end = at + words.length;
  return [point(at, at, at + seen[0]), point(end, end - seen.at(-1), end)];
}
"""


@pytest.fixture(autouse=True)
def _store(tmp_path: Path, settings: Settings) -> None:
    settings.STORAGE_ROOT = tmp_path / "objects"


def test_what_is_selected_is_stored_is_released(site: str, windows: Windows) -> None:
    at = desk()
    assert len(TEXTS) == 24
    page = windows(at.ann)
    found = {each["name"]: added(at, page, each) for each in TEXTS}
    assert {name: what for name, what in found.items() if isinstance(what, str)} == {}
    release = published(at)
    texts = {record["id"]: record["text"] for record in records(release, "article")}
    released = {record["article_id"]: record["anchors"][0] for record in records(release, "claim")}
    for each in TEXTS:
        article = found[each["name"]]
        assert isinstance(article, Article)
        anchor = released[str(article.pk)]
        span = texts[str(article.pk)][anchor["start"] : anchor["end"]]
        assert (span, anchor["exact"]) == (each["exact"], each["exact"]), each["name"]


def added(at: Desk, page: Page, each: dict[str, Any]) -> Article | str:
    """The article, closed, with the one claim that was selected in it; in words what is wrong where it is another."""
    language = each.get("language", "en")
    article = import_and_propose(
        at.ann, slug=at.project.slug, text=each["received"], segment=False, language=language, title=each["name"]
    )
    page.goto(f"/articles/{article.pk}/")
    if keys := each.get("keys"):
        page.keyboard.press("v")
        expect(page.locator("#picking")).to_be_visible()
        for key in [*keys, "Enter"]:
            page.keyboard.press(key)
    else:
        drag(page, each["exact"])
        page.keyboard.press("a")
    expect(page.locator("#place")).to_have_text("Unit 1 of 1")
    claim = Claim.objects.get(article=article)
    if (claim.exact, article.text[claim.start : claim.end]) != (each["exact"], each["exact"]):
        return f"{claim.exact!r} is stored, {each['exact']!r} was selected"
    open_article(at.ann, article_id=article.pk)
    return close_article(at.ann, article_id=article.pk)


def drag(page: Page, words: str) -> None:
    """Over the words with the mouse."""
    (left, top), (right, bottom) = page.evaluate(ENDS, words)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2)
    page.mouse.move(right, bottom)
    page.mouse.up()
