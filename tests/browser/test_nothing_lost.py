"""At any moment of typing the tab is closed, the network cut, the session over or a second tab opened: no word is lost.

What had been typed a second before is on the server or back in the page; what comes after the moment is typed on.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotations.claims.models import Claim
from tests.browser.conftest import Windows, session_of
from tests.browser.test_room import mine, path
from tests.factories.claims import Desk, desk, opened

FIELDS = {"rationale": "Note", "source_name": "Source", "cue": "Cue", "source_role": "Role"}
SAID = "The mayor said 🌉 الجسر that Cafe\u0301 nobody knew, q\u0303uite sure; Orlu וגם “both” 12 % later"
WORDS = re.findall(r"\S+", SAID)
MOMENTS = range(4)
MANY = range(4, 20)


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


@dataclass
class Typist:
    """Ben at one claim: what he typed into which field, in the window he is at now."""

    page: Page
    claim: Claim
    site: str
    cookie: Any
    rng: random.Random
    typed: dict[str, str] = field(default_factory=dict)

    def choose_label(self) -> None:
        """From now on what he types can be sent, and who says it can be typed."""
        self.page.locator(".pick", has_text="Attributed statement").click()

    def type_words(self, count: int) -> None:
        for _ in range(count):
            shown = [name for name in FIELDS if self.page.locator(f"#id_{name}").is_visible()]
            name = self.rng.choice(shown)
            word = self.rng.choice(WORDS)
            box = self.page.get_by_label(FIELDS[name], exact=True)
            box.focus()
            self.page.keyboard.press("End")
            before = self.typed.get(name, "")
            # Of a note every space is kept; a name is kept without those at its ends.
            text = f"{word} " if name == "rationale" else f" {word}" if before else word
            self.page.keyboard.insert_text(text)
            self.typed[name] = before + text
            self.page.wait_for_timeout(self.rng.choice([0, 30, 120, 450, 700]))

    def second_tab(self) -> Page:
        tab = self.page.context.new_page()
        tab.goto(path(self.claim))
        return tab


def close_tab(typist: Typist) -> None:
    """The tab crashes; another one is opened at the claim."""
    typist.page.wait_for_timeout(1000)
    old = typist.page
    typist.page = typist.page.context.new_page()
    old.close(run_before_unload=False)
    typist.page.goto(path(typist.claim))


def cut_network(typist: Typist) -> None:
    """No network for a while, in which he types on."""
    typist.page.context.set_offline(True)
    typist.type_words(typist.rng.randint(1, 4))
    if typist.rng.random() < 0.5:
        typist.page.context.set_offline(False)
        close_tab(typist)
    typist.page.context.set_offline(False)


def expire_session(typist: Typist) -> None:
    """The session is over; he types on, and signs in again in another tab."""
    context = typist.page.context
    context.clear_cookies(name="sessionid")
    typist.type_words(typist.rng.randint(1, 4))
    typist.choose_label()
    typist.type_words(1)
    expect(typist.page.get_by_role("link", name="Sign in again")).to_be_visible(timeout=10_000)
    context.add_cookies([typist.cookie])
    elsewhere = context.new_page()
    elsewhere.goto("/account/")
    expect(typist.page.locator("#away")).to_be_hidden(timeout=10_000)
    elsewhere.close()


def open_second_tab(typist: Typist) -> None:
    """A second tab, in which he types on; the first one stays open or is closed."""
    first, typist.page = typist.page, typist.second_tab()
    if typist.rng.random() < 0.5:
        first.close(run_before_unload=False)


EVENTS: list[Callable[[Typist], None]] = [close_tab, cut_network, expire_session, open_second_tab]


def moments() -> Iterator[Any]:
    for seed in (*MOMENTS, *MANY):
        soak = [pytest.mark.soak] if seed in MANY else []
        event = EVENTS[seed % len(EVENTS)]
        yield pytest.param(seed, event, id=f"{event.__name__}-{seed}", marks=soak)


@pytest.mark.parametrize(("seed", "event"), list(moments()))
def test_no_word_is_lost(at: Desk, windows: Windows, site: str, seed: int, event: Callable[[Typist], None]) -> None:
    claim, *_ = opened(at)
    rng = random.Random(seed)
    cookie = {"name": "sessionid", "value": session_of(at.ben), "url": site}
    page = windows(None)
    page.context.add_cookies([cookie])
    page.goto(path(claim))
    typist = Typist(page, claim, site, cookie, rng)
    if rng.random() < 0.5:
        typist.choose_label()
    typist.type_words(rng.randint(1, 6))
    event(typist)
    typist.type_words(rng.randint(1, 4))
    typist.choose_label()
    for name, text in typist.typed.items():
        expect(typist.page.get_by_label(FIELDS[name], exact=True)).to_have_value(text)
    expect(typist.page.locator(".tick.waiting")).to_have_count(0, timeout=20_000)
    found = mine(claim)
    assert found and found.label == "attributed_statement"
    stored = {"rationale": found.rationale, **(found.attribution or {})}
    assert {name: stored.get(name, "") for name in typist.typed} == typist.typed
