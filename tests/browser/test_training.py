"""The training in Chromium: a whole round by keys alone, the looks of its pages, and a round without a script."""

import pytest
from playwright.sync_api import Page, expect

from annotations.projects.services import edit_project
from annotations.training.models import TrainingRound
from annotations.training.services import answer_gold, take_examples
from annotations.training.starter import EXAMPLES
from tests.browser.conftest import Windows
from tests.browser.looking import misfits, unlooked
from tests.factories.claims import Desk, desk, fact

TRAINING = "/projects/desk/training/"
KEYS = {"attributed_statement": "1", "verifiable_fact": "2", "opinion": "3", "unsure": "u", "not_a_claim": "n"}


@pytest.fixture
def at(site: str) -> Desk:
    """A project with the twelve examples and the training on."""
    made = desk()
    take_examples(made.ann, slug="desk")
    edit_project(made.ann, slug="desk", changes={"training": True})
    return made


def answered(at: Desk, label: str) -> None:
    """Ben goes through a round and always gives one label."""
    for claim in at.project.gold_claims.order_by("position"):
        answer_gold(at.ben, slug="desk", claim=claim.pk, label=label)


def press(page: Page, *keys: str) -> None:
    page.wait_for_load_state()  # the script that hears the keys has come
    for key in keys:
        page.keyboard.press(key)


def test_a_round_by_keys_alone(at: Desk, windows: Windows) -> None:
    page = windows(at.ben, TRAINING)
    for number, example in enumerate(EXAMPLES, 1):
        expect(page.get_by_text(f"{number} of 12", exact=True)).to_be_visible()
        expect(page.locator(".training-passage mark")).to_have_text(example["exact"])
        press(page, KEYS[example["label"]])
        if example["content_kind"]:
            press(page, example["content_kind"][0])
        press(page, "Enter")
        expect(page.get_by_role("heading", name="Right")).to_be_visible()
        expect(page.locator("#told")).to_be_focused()
        press(page, "Enter")
    expect(page.get_by_text("12 of 12", exact=True)).to_be_visible()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="My queue")).to_be_visible()
    assert TrainingRound.objects.get().answers.filter(right=True).count() == 12


def test_kinds_are_asked_for_attributed_statements_and_keys_do_nothing_before(at: Desk, windows: Windows) -> None:
    page = windows(at.ben, TRAINING)
    promise = page.get_by_role("radio", name="promise")
    press(page, "c")
    expect(promise).not_to_be_visible()
    press(page, "1", "c")
    expect(promise).to_be_checked()
    press(page, "3")
    expect(promise).not_to_be_visible()
    press(page, "Enter")
    expect(page.get_by_role("heading", name="Different")).to_be_visible()


def test_an_answer_without_a_script(at: Desk, windows: Windows) -> None:
    page = windows(at.ben, TRAINING, java_script_enabled=False)
    page.get_by_role("radio", name="Attributed statement").check()
    page.get_by_role("radio", name="evaluation").check()
    page.get_by_role("button", name="Answer").click()
    page.get_by_role("link", name="Next claim").click()
    expect(page.get_by_text("2 of 12", exact=True)).to_be_visible()


def test_every_state_is_for_everybody(at: Desk, windows: Windows) -> None:
    """To answer, told, over, in the looks that differ; the gold claims with a closed claim taken into the form."""
    edit_project(at.ann, slug="desk", changes={"training": False})
    fact(at)
    edit_project(at.ann, slug="desk", changes={"training": True})
    for look in ({"width": 1440}, {"width": 390, "dark": True, "locale": "ar"}):
        page = windows(at.cleo, TRAINING, **look)
        assert unlooked(page) == []
        page.get_by_role("radio").first.check()
        assert unlooked(page) == []
        page.locator("#answer button").click()
        expect(page.locator("#told")).to_be_visible()
        assert unlooked(page) == []
    answered(at, "opinion")
    for look in ({"width": 1440}, {"width": 390, "dark": True, "locale": "ar"}):
        assert unlooked(windows(at.ben, TRAINING, **look)) == []
        manager = windows(at.ann, f"{TRAINING}gold/", **look)
        manager.locator(".gold-taken button").click()
        expect(manager.locator("[name=exact]")).not_to_be_empty()
        assert unlooked(manager) == [] and misfits(manager) == []
