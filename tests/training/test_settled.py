"""Closed claims taken as gold: which are offered, what the form begins with, and where the words then stand."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.claims.models import Claim
from annotations.training.models import GoldClaim
from annotations.training.placing import REACH, paragraph
from tests.factories.claims import ARABIC, Desk, closed, decided, desk, disputed, fact, opened, quoted, said
from tests.personas import Person

pytestmark = pytest.mark.django_db
GOLD = "/projects/desk/training/gold/"


@pytest.fixture
def at() -> Desk:
    return desk()


def gold_page(at: Desk, claim: Claim | None = None) -> Any:
    """The manager's page of gold claims, with a closed claim taken into its form."""
    page = Person(at.ann).browser.get(GOLD + (f"?claim={claim.pk}" if claim else ""))
    assert page.status_code == 200
    return page


def offered(at: Desk) -> list[str]:
    return [key for key, _ in gold_page(at).context["taken"].fields["claim"].choices]


def test_closed_settled_claims_alone_are_offered(at: Desk) -> None:
    assert "Take it into the form" not in gold_page(at).content.decode()
    opened(at)
    disputed(at)
    first, second = fact(at), quoted(at)
    assert offered(at) == [str(second.pk), str(first.pk)]


def test_who_may_not_know_of_a_claim_is_not_told_of_it(at: Desk) -> None:
    elsewhere = fact(desk("other"))
    fact(at)
    page = gold_page(at, elsewhere)
    assert page.context["form"].initial == {}
    assert "errorlist" in page.content.decode()


def test_a_decided_claim_is_taken_with_its_paragraph_and_the_reason(at: Desk) -> None:
    claim = decided(at, disputed(at, ARABIC), reason="A date that the ministry can confirm.")
    form = gold_page(at, claim).context["form"]
    assert form.initial["text"] == form.initial["exact"] == ARABIC
    assert form.initial["why"] == "A date that the ministry can confirm."
    sent = {name: form.initial[name] or "" for name in form.fields}
    assert Person(at.ann).browser.post(f"{GOLD}?claim={claim.pk}", {**sent, "why": "Mine."}).status_code == 302
    gold = GoldClaim.objects.get()
    assert (gold.text[gold.start : gold.end], gold.label, gold.why) == (ARABIC, "verifiable_fact", "Mine.")


def test_an_agreed_claim_is_taken_with_the_rule_that_all_named(at: Desk) -> None:
    rules = at.project.codebook.rules if at.project.codebook else []
    same, other = said("opinion", rule=rules[0]["id"]), said("opinion", rule=rules[1]["id"])
    form = gold_page(at, closed(at, ben=same, cleo=same)).context["form"]
    assert (form.initial["rule"], form.initial["why"]) == (rules[0]["id"], rules[0]["text"])
    form = gold_page(at, closed(at, ben=same, cleo=other)).context["form"]
    assert (form.initial["rule"], form.initial["why"]) == ("", "")


@given(st.text("ab\n 🎉é́قال", max_size=40), st.text("ab\n🎉قال", min_size=1), st.text("ab\n 🎉é́قال", max_size=40))
@example("a\n" + "b" * 2 * REACH, "🎉", "c" * 2 * REACH + "\nd")
def test_a_passage_is_the_paragraph_around_a_claim(before: str, exact: str, after: str) -> None:
    text = before + exact + after
    found = paragraph(text, len(before), len(before) + len(exact))
    lead, tail = before.rpartition("\n")[2][-REACH:], after.partition("\n")[0][:REACH]
    assert found == lead + exact + tail
