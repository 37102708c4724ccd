"""The rows of the bench that a browser measures: a text shown, a key until it is stored and painted, scrolling.

The long article has 100,000 words and 3,000 claims, one in ten of them within another. Times are of the page's own
clock, from the begin of a navigation; a thing is painted once a message that was posted in its frame arrives.
"""

import random
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench import texts
from tests.bench.client import Measured
from tests.bench.reading import MIDDLE
from tests.bench.table import Table
from tests.bench.world import World
from tests.browser.chromium import launch_options

SIZE = {"width": 1440, "height": 900}
WORDS = 33  # of a sentence, at least
NESTED = 9  # of so many sentences one has a claim within it
PARAGRAPH = 3  # sentences

WATCH = """
window.bench = { shown: 0, ready: 0, pressed: 0, stored: 0, long: [] };
const painted = (then) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => then(performance.now());
  port2.postMessage(null);
};
const look = () => {
  const { bench } = window;
  if (!bench.shown && document.querySelector("#text > *")) painted((now) => (bench.shown ||= now));
  if (!bench.ready && CSS.highlights.get("current")?.size) painted((now) => (bench.ready ||= now));
  if (bench.pressed && !bench.stored && document.getElementById("saved").textContent) {
    painted((now) => (bench.stored ||= now - bench.pressed));
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
addEventListener("keydown", ({ timeStamp }) => Object.assign(window.bench, { pressed: timeStamp, stored: 0 }), true);
new PerformanceObserver((found) => window.bench.long.push(...found.getEntries().map(({ duration }) => duration)))
  .observe({ type: "longtask" });
"""
# So many frames: a third of a window each, the last ones to places far apart. How long the page was busy at a time, 0
# for less than 50 ms.
SCROLL = """
async (frames) => {
  const { bench } = window;
  bench.long = [];
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const height = document.documentElement.scrollHeight;
  const apart = frames / 5;
  const far = [...Array(apart).keys()].map((n) => (height * ((n * 7) % apart)) / apart);
  for (const top of [...[...Array(frames - apart).keys()].map((n) => n * 300), ...far]) {
    scrollTo({ top, behavior: "instant" });
    await frame();
    await frame();
  }
  await new Promise((done) => setTimeout(done, 200));
  return Math.max(0, ...bench.long);
}
"""


def browse(world: World, table: Table, short: str) -> None:
    """Every row of the browser: an article of the usual length (its id), and the long one, in a project of its own."""
    slug = f"{world.name}-long"
    world.begin(slug)
    long, units = long_article(world, slug, opened=True), long_article(world, slug, opened=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = _window(world, browser, "reviewer-1")
        _navigate(world, table, page, "room", f"/articles/{short}/", aim="300 ms")
        _navigate(world, table, page, "room of 100,000 words", f"/articles/{long}/", aim="300 ms")
        pressed = _labels(page, world.sizes.presses)
        for share, aim in ((MIDDLE, "100 ms"), (0.95, "200 ms")):
            row = f"room of 3,000 claims: key to saved and painted, p{share * 100:.0f}"
            table.time(row, pressed.at(share), aim=aim)
        table.time("room of 100,000 words: longest task while scrolling", page.evaluate(SCROLL, world.sizes.frames))
        page = _window(world, browser, "manager")
        _navigate(world, table, page, "editor of 3,000 units", f"/articles/{units}/")
        table.time("editor of 3,000 units: longest task while scrolling", page.evaluate(SCROLL, world.sizes.frames))
        browser.close()


def long_article(world: World, slug: str, *, opened: bool) -> str:
    """The id of a new article as the module says, open for labelling where `opened`."""
    chance = random.Random(int(opened))
    text, wanted = f"A long report {int(opened)}\n\n", []
    for number in range(world.sizes.claims * NESTED // (NESTED + 1)):
        sentence = _sentence(chance)
        start = len(text)
        wanted.append({"start": start, "end": start + len(sentence)})
        if number % NESTED == 0:
            wanted.append({"start": start, "end": start + sentence.index("; ")})
        text += sentence + ("\n\n" if number % PARAGRAPH == PARAGRAPH - 1 else " ")
    article: str = world.api(
        "POST", f"projects/{slug}/articles/", {"text": text, "title": "A long report", "segment": False}
    )["id"]
    world.api("POST", f"articles/{article}/claims/", wanted)
    if opened:
        world.api("POST", f"articles/{article}/open/")
    return article


def _sentence(chance: random.Random) -> str:
    """One of about 38 words, of two parts at least."""
    parts: list[str] = []
    while len(parts) < 2 or sum(len(part.split()) for part in parts) < WORDS:
        parts.append(texts.sentence(chance).rstrip("."))
    return "; ".join(parts) + "."


def _window(world: World, browser: Browser, person: str) -> Page:
    context = browser.new_context(base_url=world.url, viewport=SIZE)  # type: ignore[arg-type]  # a plain dict is one
    host = urlsplit(world.url).hostname or ""
    session: Any = {"name": "sessionid", "value": world.people[person]["session"], "domain": host, "path": "/"}
    context.add_cookies([session])
    context.add_init_script(WATCH)
    return context.new_page()


def _navigate(world: World, table: Table, page: Page, what: str, path: str, aim: str = "") -> None:
    """Ten navigations (or as many as the sizes say), after one that warms up."""
    shown, ready = Measured(), Measured()
    for number in range(world.sizes.navigations + 1):
        page.goto(path)
        page.wait_for_function("() => window.bench.ready && window.bench.shown")
        if number:
            shown.times.append(page.evaluate("window.bench.shown") / 1000)
            ready.times.append(page.evaluate("window.bench.ready") / 1000)
    table.time(f"{what}: text shown after navigation, p50", shown.at(MIDDLE), aim=aim)
    table.time(f"{what}: ready for keys, p50", ready.at(MIDDLE))


def _labels(page: Page, count: int) -> Measured:
    """From the press of a label's key until the page says that it is saved, for one claim after the other."""
    measured = Measured()
    for number in range(count):
        page.keyboard.press("23"[number % 2])
        page.wait_for_function("() => window.bench.stored")
        measured.times.append(page.evaluate("window.bench.stored") / 1000)
    return measured
