"""What a page brings with it: script and style, as the browser received them."""

from playwright.sync_api import Page

from annotations.articles.models import Article
from tests.browser.conftest import Windows
from tests.factories.claims import desk, draft, fact, opened

AIM = 100_000  # bytes, uncompressed
# Once nothing more has come for a while: scripts ask for others. What comes with a press of a key is not counted.
BROUGHT = """
async () => {
  let all = [];
  for (let before = -1; before < all.length; await new Promise((done) => setTimeout(done, 300))) {
    before = all.length;
    all = performance.getEntriesByType("resource");
  }
  return all.map(({ name, decodedBodySize }) => [new URL(name).pathname, decodedBodySize])
    .filter(([path]) => /\\.(js|css)$/.test(path));
}
"""


def test_script_and_style_of_every_working_page_are_small(site: str, windows: Windows) -> None:
    at = desk()
    checked, claims, unopened = fact(at), opened(at), draft(at)
    closed = Article.objects.get(pk=checked.article_id)
    page = windows(at.ann)
    weights = {}
    for name, path in {
        "room of a manager": f"/articles/{claims[0].article_id}/",
        "editor": f"/articles/{unopened.pk}/",
        "reading": f"/articles/{closed.pk}/",
        "claim": f"/claims/{checked.pk}/",
        "project": "/projects/desk/",
        "articles": "/projects/desk/articles/",
        "queue": "/projects/desk/queue/",
    }.items():
        weights[name] = weight(page, path)
    weights["room"] = weight(windows(at.ben), f"/articles/{claims[0].article_id}/")
    assert {name: size for name, size in weights.items() if size > AIM} == {}
    assert min(weights.values()) > 0


def weight(page: Page, path: str) -> int:
    """The bytes of all scripts and styles of a page, with those that its scripts ask for later."""
    page.goto(path)
    brought = dict(page.evaluate(BROUGHT))
    assert any(name.endswith(".css") for name in brought), brought
    return sum(brought.values())
