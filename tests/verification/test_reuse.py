"""Claims checked before that read alike are offered with their verdicts; a person says if they are the same."""

from typing import Any

import pytest
from django.test import Client

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.projects.models import Membership
from annotations.verification.models import Likeness
from tests.factories import claims as made
from tests.factories.claims import Desk, desk
from tests.personas import BACKEND

pytestmark = pytest.mark.django_db
BRIDGE = "The bridge at Kalda collapsed on Tuesday evening."
AGAIN = "On Tuesday evening the bridge at Kalda collapsed."
OTHER = "Fourteen ministers resigned in protest against the budget."


@pytest.fixture
def at() -> Desk:
    return desk()


def client(person: Any) -> Client:
    found = Client()
    found.force_login(person, backend=BACKEND)
    return found


def offered(person: Any, claim: Claim) -> list[str]:
    answer = client(person).get(f"/api/v1/claims/{claim.pk}/likenesses/")
    assert answer.status_code == 200
    return [each["claim"] for each in answer.json()["offered"]]


def say(person: Any, claim: Claim, other: Claim, same: bool = True) -> int:
    body = {"other": str(other.pk), "same": same}
    return client(person).post(f"/api/v1/claims/{claim.pk}/likenesses/", body, "application/json").status_code


def checked(at: Desk, words: str = BRIDGE) -> Claim:
    return made.verified(at, made.fact(at, words))


def test_what_reads_alike_is_offered_with_its_verdict(at: Desk) -> None:
    before, claim = checked(at), made.fact(at, AGAIN)
    checked(at, OTHER)
    found = client(at.ben).get(f"/api/v1/claims/{claim.pk}/likenesses/").json()["offered"]
    assert [(each["claim"], each["verdicts"][0]["verdict"]) for each in found] == [(str(before.pk), "supported")]
    assert 0.45 <= found[0]["likeness"] <= 1
    shown = client(at.ben).get(f"/claims/{claim.pk}/").content.decode()
    assert "Was this checked before?" in shown and str(before.pk) in shown


LONGER = (
    "Officials in the capital confirmed late at night, after hours of contradictory accounts from rescue crews and "
    "residents, that on Tuesday evening the old bridge at Kalda had collapsed."
)


def test_what_says_more_is_found_by_its_words_and_a_word_or_two_are_not_enough(at: Desk) -> None:
    before, claim = checked(at, "The bridge at Kalda collapsed on Tuesday evening."), made.fact(at, LONGER)
    checked(at, "The old bridge was painted after hours of rain on Tuesday.")
    assert offered(at.ben, claim) == [str(before.pk)]
    short = made.fact(at, "Kalda collapsed.")
    assert offered(at.ben, short) == []


def test_words_that_full_text_would_read_as_operators_do_no_harm(at: Desk) -> None:
    claim = made.fact(at, r"It's a 'bridge' & (tower) | C:\dir\file !not <-> http://x.example/a'b \\ : * \'")
    assert offered(at.ben, claim) == []


def test_linked_it_stands_on_the_page_and_is_offered_no_more(at: Desk) -> None:
    before, claim = checked(at), made.fact(at, AGAIN)
    page = client(at.ben).post(f"/claims/{claim.pk}/likeness/", {"other": str(before.pk), "same": "1"}, follow=True)
    assert "Says the same as" in page.content.decode() and "Was this checked" not in page.content.decode()
    assert offered(at.ben, claim) == []
    assert Event.objects.filter(verb="claim.linked", claim_id=claim.pk).count() == 1
    assert say(at.cleo, claim, before) == 409


def test_dismissed_it_is_offered_no_more(at: Desk) -> None:
    before, claim = checked(at), made.fact(at, AGAIN)
    assert say(at.ben, claim, before, same=False) == 201
    assert offered(at.cleo, claim) == []
    assert Likeness.objects.get().same is False


def test_nothing_is_offered_while_labelling_is_open_or_of_what_is_not_checked(at: Desk) -> None:
    checked(at)
    [open_claim, *_] = made.opened(at, AGAIN)
    assert offered(at.ben, open_claim) == []
    assert say(at.ben, open_claim, checked(at)) == 409
    unchecked, claim = (
        made.fact(at, "A tower at Riva fell into the sea."),
        made.fact(at, "The tower at Riva fell into the sea."),
    )
    assert str(unchecked.pk) not in offered(at.ben, claim)
    assert say(at.ben, claim, unchecked) == 404


def test_other_projects_are_offered_to_their_members_alone(at: Desk) -> None:
    elsewhere = desk("elsewhere")
    before, claim = checked(elsewhere), made.fact(at, AGAIN)
    assert offered(at.ben, claim) == [str(before.pk)]
    Membership.objects.filter(project=elsewhere.project, user=at.ben).delete()
    assert offered(at.ben, claim) == []
    assert say(at.ben, claim, before) == 404


def test_viewers_see_and_say_nothing(at: Desk) -> None:
    before, claim = checked(at), made.fact(at, AGAIN)
    assert say(at.vic, claim, before) == 403
    assert "The same: link it" not in client(at.vic).get(f"/claims/{claim.pk}/").content.decode()


def test_what_one_may_not_see_crowds_nothing_out(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.verification.reuse.LOOKED_AT", 1)
    elsewhere = desk("elsewhere")
    checked(elsewhere, AGAIN)
    Membership.objects.filter(project=elsewhere.project, user=at.ben).delete()
    before, claim = checked(at), made.fact(at, AGAIN)
    assert offered(at.ben, claim) == [str(before.pk)]
