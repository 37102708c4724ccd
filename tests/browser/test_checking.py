"""The checking half in Chromium: pictures, keys, drafts, two people and one verdict; without a script too."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from annotations.claims.models import Claim
from annotations.labelling.services import close_article
from annotations.verification.models import Verdict
from tests.browser.conftest import Windows
from tests.browser.looking import unlooked
from tests.factories.claims import (
    ARABIC,
    Desk,
    closed,
    desk,
    disputed,
    evidence,
    fact,
    fresh,
    label,
    opened,
    proposal,
    quoted,
    said,
    unsettled,
    verified,
)

DECISION = "#decision-form"


@pytest.fixture
def at(site: str) -> Desk:
    return desk()


def decide_path(claim: Claim) -> str:
    return f"/claims/{claim.pk}/decide/"


def typed(page: Page, name: str, text: str) -> Locator:
    field = page.locator(f"main [name={name}]:visible")
    field.fill(text)
    return field


# looks


@pytest.fixture
def every_page(at: Desk) -> list[str]:
    """A page of every kind, in every state that looks different."""
    [open_claim] = opened(at, "A second bridge is planned 🌉 for 2030.")
    label(at, open_claim, ben=said("opinion", rationale="A judgement."))
    evidence(at, open_claim)
    both = quoted(at, "fact", ARABIC)
    evidence(at, both, aspect="attribution", title="تسجيل المؤتمر الصحفي", quote="تم فحص الجسر")
    proposal(at, both, "attribution", "accurate", by="cleo")
    for stance in ("supports", "refutes", "context"):
        evidence(at, both, stance=stance, note="Page 4.", independence_group="agency", set=2)
    done, waiting = verified(at), unsettled(at)
    label(at, done, ben="opinion")
    mine = closed(at, ben="opinion", dora="verifiable_fact")
    desk("empty")
    return [
        "/projects/desk/agreement/",
        "/projects/desk/figures/",
        "/projects/desk/disputes/",
        "/projects/desk/checking/?status=all",
        "/projects/desk/sources/",
        *(f"/projects/empty/{page}/" for page in ("agreement", "figures", "disputes", "checking", "sources")),
        *(f"/claims/{claim.pk}/" for claim in (open_claim, both, done, waiting)),
        *(decide_path(claim) for claim in (disputed(at, ARABIC), waiting, mine)),
    ]


@pytest.mark.soak
@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_every_page_is_accessible_and_fits(
    at: Desk, every_page: list[str], windows: Windows, width: int, dark: bool
) -> None:
    page = windows(at.dora, width=width, dark=dark)
    found = {}
    for path in every_page:
        page.goto(path)
        page.locator("main details").evaluate_all("folds => folds.forEach((fold) => { fold.open = true; })")
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((each) => each.id)")
        twice = sorted({name for name in ids if ids.count(name) > 1})
        found[path] = unlooked(page) + twice
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_alpha_lies_where_its_number_says(at: Desk, windows: Windows) -> None:
    claims = opened(at, *(f"Sentence {number}." for number in range(8)))
    for number, claim in enumerate(claims):
        label(at, claim, ben="opinion" if number % 2 else "verifiable_fact")
        label(at, claim, cleo="opinion" if number % 2 or number == 0 else "verifiable_fact")
    close_article(at.ann, article_id=claims[0].article_id)
    page = windows(at.ben, "/projects/desk/agreement/")
    value = float(page.locator(".figure strong").inner_text())

    def middle(element: Locator) -> float:
        box = element.bounding_box()
        assert box
        return box["x"] + box["width"] / 2

    picture = page.locator("svg.scale").first
    zero, one = (middle(picture.locator(".scale-tick", has_text=text).first) for text in ("0.0", "1.0"))
    assert middle(picture.locator(".scale-dot")) == pytest.approx(zero + value * (one - zero), abs=1)
    assert page.locator("svg.scale").first.get_attribute("role") == "img"
    expect(page.get_by_role("img", name="Krippendorff’s alpha and its interval")).to_be_visible()


# deciding


def test_a_dispute_is_decided_with_keys(at: Desk, windows: Windows) -> None:
    first, second = disputed(at), disputed(at)
    page = windows(at.dora, "/projects/desk/disputes/")
    page.get_by_role("link", name="Decide the next one").click()
    expect(page).to_have_url(decide_path(first))
    page.wait_for_load_state()  # keys work once the page's script has run
    page.keyboard.press("j")
    expect(page).to_have_url(decide_path(second))
    page.wait_for_load_state()
    for key, name in (("2", "Verifiable fact"), ("n", "Not a claim"), ("1", "Attributed statement")):
        page.keyboard.press(key)
        expect(page.get_by_role("radio", name=name)).to_be_checked()
    expect(page.get_by_label("What is said is a")).to_be_visible()
    page.keyboard.press("3")
    expect(page.get_by_label("What is said is a")).to_be_hidden()
    reason = typed(page, "reason", "“Disgrace” is a judgement.")
    reason.press("1")
    expect(page.get_by_role("radio", name="Opinion")).to_be_checked()
    reason.press("Control+Enter")
    expect(page).to_have_url(decide_path(first))
    assert fresh(second).label == "opinion"


def test_a_dispute_is_decided_without_a_script(at: Desk, windows: Windows) -> None:
    claim = unsettled(at)
    page = windows(at.dora, decide_path(claim), java_script_enabled=False)
    typed(page, "reason", "The heading names him.")
    page.get_by_role("button", name="Reviewer A").click()
    expect(page.locator("main [name=reason]")).to_have_value("The heading names him.")
    page.locator(f"{DECISION} .actions button").click()
    assert fresh(claim).unsettled == []
    assert fresh(claim).attribution


def test_who_labelled_a_claim_sees_so_before_they_type(at: Desk, windows: Windows) -> None:
    mine = closed(at, ben="opinion", dora="verifiable_fact")
    other = disputed(at)
    page = windows(at.dora, decide_path(mine))
    expect(page.get_by_role("heading", name="Somebody else decides this one")).to_be_visible()
    expect(page.locator(DECISION)).to_have_count(0)
    page.get_by_role("link", name="Go on with the next").click()
    expect(page).to_have_url(decide_path(other))


# checking


def test_two_people_take_a_claim_to_its_verdict(at: Desk, windows: Windows) -> None:
    claim = quoted(at, "evaluation")
    path = f"/claims/{claim.pk}/"
    ben = windows(at.ben, path)
    expect(ben.locator("#aspect-attribution")).to_contain_text("There is not enough yet")
    ben.get_by_text("Add evidence", exact=True).first.click()
    ben.locator("#evidence_url").fill("https://town.example/minutes")
    typed(ben, "quote", "It was bound to happen.")
    ben.locator("main [name=stance]:visible").select_option("supports")
    ben.locator("main [name=tier]:visible").select_option("primary")
    ben.get_by_role("button", name="Add evidence").click()
    panel = ben.locator("#aspect-attribution")
    expect(panel).to_contain_text("There is enough for: accurate")
    panel.get_by_text("Propose a verdict").click()
    panel.get_by_label("Verdict", exact=True).select_option("accurate")
    panel.get_by_label("Explanation").fill("The minutes have it word for word.")
    panel.get_by_role("button", name="Propose").click()
    expect(panel).to_contain_text("You proposed it, so somebody else has to approve it: ann, dora, eve")
    expect(panel.get_by_role("button", name="Approve")).to_have_count(0)

    dora = windows(at.dora, path)
    dora.get_by_role("button", name="Approve").click()
    expect(dora.locator("#status")).to_contain_text("verified")
    ben.reload()
    expect(ben.locator("#status")).to_contain_text("verified")
    expect(ben.locator("#history")).to_contain_text("approved a verdict")
    assert Verdict.objects.get().reviewed_by == at.dora


def test_what_was_typed_survives_a_closed_tab_and_a_refusal(at: Desk, windows: Windows) -> None:
    claim = fact(at)
    path = f"/claims/{claim.pk}/"
    page = windows(at.ben, path)
    page.get_by_text("Propose a verdict").click()
    page.get_by_label("Verdict", exact=True).select_option("supported")
    typed(page, "explanation", "Half a thought")
    context = page.context
    page.close()

    page = context.new_page()
    page.goto(path)
    explanation = page.get_by_label("Explanation")
    expect(explanation).to_be_visible()
    expect(explanation).to_have_value("Half a thought")
    page.get_by_role("button", name="Propose").click()
    expect(page.locator("#aspect-content .errorlist")).to_contain_text("two independent secondary sources")
    expect(page.get_by_label("Explanation")).to_have_value("Half a thought")

    page.get_by_label("Verdict", exact=True).select_option("not_checkable")
    page.get_by_role("button", name="Propose").click()
    expect(page.locator("#messages")).to_contain_text("The verdict is proposed.")
    page.goto(path)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_form_that_never_arrived_outlives_the_success_of_another(at: Desk, windows: Windows) -> None:
    claim, other = fact(at), fact(at, "Anna came first.")
    path = f"/claims/{claim.pk}/"
    page = windows(at.ben, path)
    page.get_by_text("Add evidence", exact=True).first.click()
    typed(page, "note", "Only here")
    page.locator("main [name=stance]:visible").select_option("supports")
    page.locator("main [name=tier]:visible").select_option("primary")
    page.context.set_offline(True)
    page.get_by_role("button", name="Add evidence").click()
    page.wait_for_url("chrome-error://chromewebdata/")
    page.context.set_offline(False)

    page.goto(f"/claims/{other.pk}/")
    page.get_by_text("Propose a verdict").click()
    page.get_by_label("Verdict", exact=True).select_option("not_checkable")
    typed(page, "explanation", "Nobody can know.")
    page.get_by_role("button", name="Propose").click()
    expect(page.locator("#messages")).to_contain_text("The verdict is proposed.")
    page.goto(path)
    expect(page.locator("main [name=note]:visible")).to_have_value("Only here")


def test_a_draft_is_its_authors(at: Desk, windows: Windows) -> None:
    claim = fact(at)
    page = windows(at.ben, f"/claims/{claim.pk}/")
    page.get_by_text("Sharpen it").click()
    typed(page, "proposition", "Sharper.")
    [name] = page.evaluate("Object.keys(localStorage)")
    assert name.startswith("draft ben ")


def test_a_list_is_sorted_and_filtered_by_its_address(at: Desk, windows: Windows) -> None:
    fact(at, "Zebras are striped.")
    fact(at, "Anna came first.")
    page = windows(at.vic, "/projects/desk/checking/")
    quotes = page.locator("main .quoted")
    expect(quotes).to_have_text(["Zebras are striped.", "Anna came first."])
    page.get_by_role("link", name="Claim", exact=True).click()
    expect(page).to_have_url(re.compile("sort=proposition"))
    expect(quotes).to_have_text(["Anna came first.", "Zebras are striped."])
    typed(page, "q", "zebra").press("Enter")
    expect(page).to_have_url(re.compile("q=zebra.*sort=proposition"))
    expect(quotes).to_have_text(["Zebras are striped."])
