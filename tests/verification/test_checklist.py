"""Who approves a verdict ticks the project's own checklist first."""

import html

import pytest

from annotations.verification.models import Verdict
from tests.factories.claims import Desk, desk, evidence, fact, fresh, proposal
from tests.personas import Person
from tests.verification.pages import main, path_of, post, read, section

LIST = ["I opened every source.", 'Names & numbers are "right".']


@pytest.fixture
def at(db: None) -> Desk:
    return desk()


@pytest.fixture
def proposed(at: Desk) -> Verdict:
    """A verdict that waits, in a project with a checklist."""
    Person(at.ann).api("PATCH", "projects/desk/", {"checklist": LIST})
    claim = fact(at)
    evidence(at, claim)
    return proposal(at, claim)


def test_nothing_is_approved_before_all_is_ticked(at: Desk, proposed: Verdict) -> None:
    dora, path = Person(at.dora), f"verdicts/{proposed.pk}/approve/"
    for body in ({}, {"checked": LIST[:1]}, {"checked": ["Something else."]}):
        told = dora.api("POST", path, body, want=400)["errors"]["checked"]
        assert told[-1] == f"Not ticked: {LIST[1]}"
    assert fresh(proposed.claim).status == "proposed"
    approved = dora.api("POST", path, {"checked": LIST})
    assert (approved["status"], approved["checked"]) == ("approved", LIST)
    (told, *_) = [
        event
        for event in Person(at.ann).api("GET", "projects/desk/events/")["results"]
        if event["verb"] == "verdict.approved"
    ]
    assert told["data"]["checked"] == LIST


def test_what_was_ticked_stays_when_the_list_changes(at: Desk, proposed: Verdict) -> None:
    Person(at.dora).api("POST", f"verdicts/{proposed.pk}/approve/", {"checked": LIST})
    Person(at.ann).api("PATCH", "projects/desk/", {"checklist": []})
    panel = section(main(read(at, path_of(proposed.claim), "vic")), "aspect-content")
    assert all(html.escape(each) in panel for each in LIST) and "2 things were looked at" in panel


def test_the_page_asks_and_says_what_is_missing(at: Desk, proposed: Verdict) -> None:
    approve = f"/verdicts/{proposed.pk}/approve/"
    asked = read(at, path_of(proposed.claim), "dora")
    assert asked.count('type="checkbox" name="checked"') == 2
    assert "Before you approve" not in read(at, path_of(proposed.claim), "cleo")
    page = post(at, approve, "dora", want=400, checked=LIST[:1])
    assert "Tick everything on the checklist first" in page and page.count("required checked>") == 1
    assert "is approved" in post(at, approve, "dora", checked=LIST)


@pytest.mark.parametrize(
    ("given", "stored"),
    [("", []), ("  One.\r\n\r\nTwo  words.\nOne.", ["One.", "Two words."])],
)
def test_managers_write_it_line_by_line(at: Desk, given: str, stored: list[str]) -> None:
    ann = Person(at.ann)
    form = {"name": "Desk", "labels_per_claim": 2, "blind": "on", "four_eyes": "on", "checklist": given}
    version = ann.api("GET", "projects/desk/")["version"]
    assert ann.browser.post("/projects/desk/settings/", {**form, "version": version}).status_code == 302
    assert ann.api("GET", "projects/desk/")["checklist"] == stored
    again = ann.browser.get("/projects/desk/settings/").content.decode()
    assert ("A checklist to begin with" in again) is not bool(stored)
    assert "\n".join(stored) in again


@pytest.mark.parametrize("bad", ["x" * 301, "\n".join(f"Sentence {n}." for n in range(21))])
def test_a_list_nobody_would_read_is_refused(at: Desk, bad: str) -> None:
    ann = Person(at.ann)
    form = {"name": "Desk", "labels_per_claim": 2, "checklist": bad, "version": 1}
    answer = ann.browser.post("/projects/desk/settings/", form)
    assert answer.status_code == 400 and "At most 20 sentences" in answer.content.decode()
    ann.api("PATCH", "projects/desk/", {"checklist": bad.splitlines()}, want=400)
