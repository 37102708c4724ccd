"""From an address to a corrected verdict by keys alone: paste, watch, select, propose, approve, challenge, correct."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.claims.models import Claim
from annotations.jobs.services import take
from annotations.releases import building
from annotations.releases.services import request_release
from annotations.snapshots.models import Snapshot
from annotations.verification.source_models import Evidence
from tests.browser.conftest import Windows
from tests.factories import claims as made
from tests.factories.claims import Desk, desk, fresh
from tests.factories.web import Web, page, reply, serving
from tests.snapshots.conftest import work

TEXT = "The ministry counted 1,240 cases 🔥 in March. It said so on Monday.\nA year before it had been 980."


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


@pytest.fixture
def web(settings: Any, tmp_path: Path) -> Iterator[Web]:
    settings.STORAGE_ROOT = tmp_path / "files"
    with serving() as found:
        settings.FETCH, settings.FETCH_PAUSE = True, 0
        settings.FETCH_ALLOW_NETWORKS, settings.FETCH_PORTS = ["127.0.0.0/8"], [found.port]
        yield found


def tab_to(window: Page, target: Locator) -> None:
    """Press Tab until it has the focus."""
    expect(target).to_be_visible()
    for _ in range(150):
        if target.evaluate("element => element === document.activeElement"):
            return
        window.keyboard.press("Tab")
    raise AssertionError("Tab does not lead there")


def pressed(window: Page, name: str) -> None:
    tab_to(window, window.get_by_role("button", name=name).first)
    window.keyboard.press("Enter")


def opened_fold(window: Page, name: str) -> None:
    tab_to(window, window.locator("summary", has_text=name).first)
    window.keyboard.press("Enter")


def test_the_whole_way_by_keys_alone(at: Desk, web: Web, windows: Windows) -> None:
    web.pages["/report"] = page(TEXT, title="Cases in March")
    claim = made.fact(at)
    ben = windows(at.ben, f"/claims/{claim.pk}/")
    tab_to(ben, ben.locator("#read_url"))
    ben.keyboard.type(web.url("/report"))
    ben.keyboard.press("Enter")
    expect(ben.locator("snapshot-progress")).to_be_visible()
    assert work() == 1
    expect(ben.locator("#text")).to_contain_text("1,240 cases")
    ben.wait_for_load_state("load")
    quoted(ben)
    proposed(ben)
    dora = windows(at.dora, f"/claims/{claim.pk}/")
    pressed(dora, "Approve")
    expect(dora.locator(".standing")).to_contain_text("verified")
    published(at, claim)
    ben.goto(f"/claims/{claim.pk}/")
    moved(ben, "challenge", "The ministry has mended its figure.")
    dora.goto(f"/claims/{claim.pk}/")
    moved(dora, "correct", "Mended in our text as well.")
    assert fresh(claim).status == "corrected"
    dora.goto("/projects/desk/corrections/")
    expect(dora.locator(".history")).to_contain_text("Mended in our text as well.")
    expect(dora.locator(".history")).to_contain_text("The ministry has mended its figure.")


def published(at: Desk, claim: Claim) -> None:
    """Release it."""
    _release, job = request_release(at.ann, slug="desk", title="The first", license="CC0-1.0")
    taken = take(job.pk)
    assert taken
    building.run(taken)
    assert fresh(claim).status == "published"


def quoted(ben: Page) -> None:
    """Select the second sentence by keys, and make it evidence."""
    ben.keyboard.press("v")
    expect(ben.locator("#picked")).to_have_text("Cases in March")
    ben.keyboard.press("ArrowDown")
    expect(ben.locator("#picked")).to_have_text("The ministry counted 1,240 cases 🔥 in March.")
    ben.keyboard.press("ArrowDown")
    expect(ben.locator("#picked")).to_have_text("It said so on Monday.")
    ben.keyboard.press("ArrowUp")
    ben.keyboard.press("Enter")
    expect(ben.get_by_label("Exact quote")).to_have_value("The ministry counted 1,240 cases 🔥 in March.")
    expect(ben.locator("#evidence_stance")).to_be_focused()
    ben.keyboard.type("supports")
    tab_to(ben, ben.locator("#evidence_tier"))
    ben.keyboard.type("primary")
    pressed(ben, "Add evidence")
    expect(ben.locator("#messages")).to_contain_text("The evidence is added.")
    kept = Evidence.objects.get()
    snapshot = Snapshot.objects.get()
    assert kept.snapshot == snapshot and kept.quote_start is not None
    assert snapshot.text[kept.quote_start : kept.quote_end] == kept.quote


def proposed(ben: Page) -> None:
    opened_fold(ben, "Propose")
    tab_to(ben, ben.locator("#content_verdict"))
    ben.keyboard.type("supported")
    tab_to(ben, ben.locator("#content_explanation"))
    ben.keyboard.type("The ministry's own count.")
    pressed(ben, "Propose")
    expect(ben.locator("#messages")).to_contain_text("The verdict is proposed.")


def moved(window: Page, to: str, why: str) -> None:
    """Make a move: the radio that is there, by its arrows."""
    opened_fold(window, "What else is possible")
    tab_to(window, window.locator("[name=to]").first)
    wanted = window.locator(f"[name=to][value={to}]")
    window.keyboard.press("Space")
    for _ in range(6):
        if wanted.is_checked():
            break
        window.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()
    tab_to(window, window.locator("[name=reason]").first)
    window.keyboard.type(why)
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    expect(window.locator("#messages .notice--success")).to_be_visible()


def test_what_does_not_come_is_told_where_it_was_asked_for(at: Desk, web: Web, windows: Windows) -> None:
    web.pages["/gone"] = reply(b"", status=410)
    claim = made.fact(at)
    window = windows(at.ben, f"/claims/{claim.pk}/", width=390)
    window.locator("#read_url").fill(web.url("/gone"))
    window.keyboard.press("Enter")
    expect(window.locator("snapshot-progress")).to_be_visible()
    work()
    expect(window.locator(".notice--error")).to_contain_text("The server answered with status 410.")
