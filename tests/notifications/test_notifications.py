"""Who is told of what, and what they do with it: through the API and the pages."""

import re

import pytest

from annotations.accounts.models import User
from annotations.discussion.services import edit_comment, remove_comment, write_comment
from annotations.labelling.assigning import assign
from annotations.projects.services import change_role, remove_member
from annotations.verification.moves import edit_proposition
from annotations.verification.services import approve_verdict, request_changes
from tests.factories.claims import Desk, decided, desk, disputed, evidence, fact, fresh, opened, proposal
from tests.personas import Person
from tests.verification.pages import main, read, words


@pytest.fixture
def at(db: None) -> Desk:
    return desk()


def told(user: User, query: str = "") -> list[str]:
    """The kinds and actors of somebody's notifications, oldest first."""
    results = Person(user).api("GET", f"notifications/{query}")["results"]
    return [f"{one['kind']} by {one['actor']}" for one in reversed(results)]


def everybody(at: Desk) -> dict[str, list[str]]:
    return {name: found for name, user in at.people.items() if (found := told(user))}


def test_a_mention_tells_members_and_nobody_else(at: Desk) -> None:
    Person.new("zoe")
    claim = fact(at)
    comment = write_comment(at.ben, claim_id=claim.pk, text="@cleo, @vic, @ben and @zoe")
    assert everybody(at) == {"cleo": ["mentioned by ben"], "vic": ["mentioned by ben"]}
    edit_comment(at.ben, comment_id=comment.pk, text="@cleo and @dora")
    assert everybody(at) == {name: ["mentioned by ben"] for name in ("cleo", "vic", "dora")}
    [one] = Person(at.dora).api("GET", "notifications/")["results"]
    assert (one["claim"], one["comment"], one["project"], one["read_at"]) == (
        str(claim.pk),
        str(comment.pk),
        "desk",
        None,
    )


def test_a_verdict_goes_to_those_who_may_approve_and_back(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    first = proposal(at, claim, by="dora")
    assert everybody(at) == {name: ["verdict_proposed by dora"] for name in ("ann", "eve")}
    request_changes(at.eve, verdict_id=first.pk, reason="Which register?")
    assert told(at.dora) == ["changes_requested by eve"]
    second = proposal(at, claim, by="ben")
    assert told(at.dora)[1:] == ["verdict_proposed by ben"]
    approve_verdict(at.dora, verdict_id=second.pk)
    assert told(at.ben) == ["verdict_approved by dora"]
    assert told(at.cleo) == told(at.vic) == []


def test_who_sharpens_their_own_claim_is_told_nothing(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    proposal(at, claim, by="ben")
    edit_proposition(at.ben, claim_id=claim.pk, proposition="It fell.", version=fresh(claim).version)
    assert told(at.ben) == []


def test_a_decision_goes_to_those_who_labelled(at: Desk) -> None:
    claim = disputed(at)
    assert everybody(at) == {}
    decided(at, claim)
    assert everybody(at) == {"ben": ["decided by dora"], "cleo": ["decided by dora"]}


def test_reading_one_and_all(at: Desk) -> None:
    claim, cleo = fact(at), Person(at.cleo)
    for number in range(3):
        write_comment(at.ben, claim_id=claim.pk, text=f"{number} @cleo")
    newest, middle, _oldest = cleo.api("GET", "notifications/")["results"]
    read_at = cleo.api("POST", f"notifications/{middle['id']}/read/")["read_at"]
    assert read_at and cleo.api("POST", f"notifications/{middle['id']}/read/")["read_at"] == read_at
    assert len(told(at.cleo, "?unread=true")) == 2
    assert cleo.api("POST", "notifications/read/", {"until": middle["id"]}) == {"read": 1}
    assert [one["id"] for one in cleo.api("GET", "notifications/?unread=true")["results"]] == [newest["id"]]
    assert cleo.api("POST", "notifications/read/", {}) == {"read": 1}
    Person(at.ben).api("POST", f"notifications/{newest['id']}/read/", want=404)
    Person(at.ben).api("POST", "notifications/read/", {"until": newest["id"]}, want=400)
    cleo.api("GET", "notifications/?unread=perhaps", want=400)


def test_a_kind_that_is_switched_off_is_not_told(at: Desk) -> None:
    claim, cleo = fact(at), Person(at.cleo)
    write_comment(at.ben, claim_id=claim.pk, text="@cleo")
    assert cleo.api("PUT", "notifications/kinds/", {"unwanted": ["mentioned"]}) == {"unwanted": ["mentioned"]}
    write_comment(at.ben, claim_id=claim.pk, text="@cleo and @vic")
    assert len(told(at.cleo)) == len(told(at.vic)) == 1
    cleo.api("PUT", "notifications/kinds/", {"unwanted": ["everything"]}, want=400)
    page = cleo.browser.get("/account/").content.decode()
    assert page.count('name="wanted"') == 8 and len(re.findall(r'name="wanted"[^>]* checked', page)) == 7
    cleo.browser.post("/notifications/kinds/", {"wanted": ["mentioned", "decided"]})
    unwanted = cleo.api("GET", "notifications/kinds/")["unwanted"]
    assert len(unwanted) == 6 and "mentioned" not in unwanted


def test_the_page_and_the_number_in_the_header(at: Desk) -> None:
    claim = fact(at)
    comment = write_comment(at.ben, claim_id=claim.pk, text="Is it so, @cleo?")
    cleo = Person(at.cleo).browser
    page = read(at, "/notifications/", "cleo")
    assert "Unread: ben mentioned you in a discussion" in words(main(page)) and "Is it so, @cleo?" in page
    assert "1 unread" in words(read(at, "/", "cleo")) and "unread" not in words(read(at, "/", "vic"))
    [one] = Person(at.cleo).api("GET", "notifications/")["results"]
    away = cleo.post(f"/notifications/{one['id']}/open/")
    assert away["Location"] == f"/claims/{claim.pk}/#comment-{comment.pk}"
    remove_comment(at.ben, comment_id=comment.pk)
    page = read(at, "/notifications/", "cleo")
    assert "Unread" not in page and "Is it so" not in page and away["Location"] in page
    write_comment(at.ben, claim_id=claim.pk, text="@cleo again")
    assert cleo.post("/notifications/read/", {"until": "no id"}).status_code == 400
    newest = Person(at.cleo).api("GET", "notifications/")["results"][0]["id"]
    assert cleo.post("/notifications/read/", {"until": newest})["Location"] == "/notifications/"
    assert told(at.cleo, "?unread=true") == []


def test_who_leaves_hears_no_more_and_sees_no_more(at: Desk) -> None:
    claim = fact(at)
    write_comment(at.ben, claim_id=claim.pk, text="@cleo")
    change_role(at.ann, slug="desk", username="cleo", role="viewer")
    assert told(at.cleo) == ["mentioned by ben"]
    remove_member(at.ann, slug="desk", username="cleo")
    write_comment(at.ben, claim_id=claim.pk, text="@cleo")
    assert told(at.cleo) == []
    assert "unread" not in words(Person(at.cleo).browser.get("/").content.decode())


def test_who_is_given_work_is_told_once_and_led_to_the_queue(db: None) -> None:
    at = desk(distribution="assigned")
    articles = [opened(at, title=title)[0].article_id for title in ("One", "Two")]
    assign(at.ann, slug="desk", articles=articles, reviewers=["ben", "ann"])
    assert told(at.ben) == ["work_given by ann"] and told(at.ann) == []
    [one] = Person(at.ben).api("GET", "notifications/")["results"]
    answer = Person(at.ben).browser.post(f"/notifications/{one['id']}/open/")
    assert (one["claim"], answer.headers["Location"]) == (None, "/projects/desk/queue/")
    assign(at.ann, slug="desk", articles=articles, reviewers=["ben"])
    assert len(told(at.ben)) == 1
