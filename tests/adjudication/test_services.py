"""Deciding: who may, what is settled by it, and what is refused."""

from typing import Any

import pytest

from annotations.adjudication.models import Decision
from annotations.adjudication.services import decide
from annotations.audit.models import Event
from annotations.errors import InvalidInput, NotPermitted, NotVisible, WrongState
from annotations.labelling.services import save_label
from annotations.projects.services import change_role
from annotations.verification.moves import move_claim
from tests.factories.claims import Desk, closed, decided, desk, disputed, draft, fact, fresh, opened, said, unsettled

REASON = "The date can be looked up."
WHO = {"source_name": "Réna Orlu", "source_kind": "named_person"}


def settled(claim: Any) -> tuple[Any, ...]:
    claim = fresh(claim)
    return claim.status, claim.label, claim.content_kind, claim.attribution, claim.unsettled, claim.origin


def test_a_disputed_claim_is_settled_with_a_reason(at: Desk) -> None:
    claim = disputed(at)
    decision = decide(at.dora, claim_id=claim.pk, label="verifiable_fact", reason=f" {REASON} ")
    assert settled(claim) == ("agreed", "verifiable_fact", None, None, [], "adjudicated")
    assert (decision.adjudicator, decision.reason) == (at.dora, REASON)
    assert fresh(claim).version == claim.version + 1
    told = Event.objects.filter(claim_id=claim.pk).latest("id")
    assert (told.verb, told.actor, told.hidden) == ("claim.decided", at.dora, False)
    assert told.data["before"]["status"] == "disputed"
    assert told.data["after"] == {
        "status": "agreed",
        "label": "verifiable_fact",
        "content_kind": None,
        "attribution": None,
    }
    assert told.data["reason"] == REASON
    with pytest.raises(WrongState):
        decide(at.eve, claim_id=claim.pk, label="opinion", reason=REASON)


@pytest.mark.parametrize(("label", "status"), [("opinion", "closed"), ("not_a_claim", "closed")])
def test_what_cannot_be_checked_is_closed_at_once(at: Desk, label: str, status: str) -> None:
    assert decided(at, disputed(at), label).status == status


def test_an_attributed_statement_is_settled_with_kind_and_attribution(at: Desk) -> None:
    claim = disputed(at)
    decided(at, claim, "attributed_statement", content_kind="fact", attribution={**WHO, "cue": ""})
    assert settled(claim) == ("agreed", "attributed_statement", "fact", WHO, [], "adjudicated")
    other = disputed(at)
    decided(at, other, "attributed_statement")
    assert settled(other) == ("agreed", "attributed_statement", None, None, [], "adjudicated")


def test_who_labelled_a_claim_does_not_decide_it(at: Desk) -> None:
    change_role(at.ann, slug="desk", username="ben", role="adjudicator")
    claim = disputed(at)
    with pytest.raises(NotPermitted) as refused:
        decide(at.ben, claim_id=claim.pk, label="opinion", reason=REASON)
    assert "You labelled this claim" in refused.value.detail
    assert fresh(claim).status == "disputed"


def test_an_abstention_counts_as_having_labelled(at: Desk) -> None:
    claim = closed(at, ben="verifiable_fact", dora="unsure")
    with pytest.raises(NotPermitted):
        decide(at.dora, claim_id=claim.pk, label="opinion", reason=REASON)
    assert decide(at.eve, claim_id=claim.pk, label="opinion", reason=REASON)


def test_without_four_eyes_who_labelled_may_decide(db: None) -> None:
    at = desk(four_eyes=False)
    claim = closed(at, ben="verifiable_fact", dora="opinion")
    assert decide(at.dora, claim_id=claim.pk, label="opinion", reason=REASON)


@pytest.mark.parametrize("name", ["vic", "cleo"])
def test_deciding_needs_an_adjudicator(at: Desk, name: str) -> None:
    claim = disputed(at)
    with pytest.raises(NotPermitted):
        decide(at.people[name], claim_id=claim.pk, label="opinion", reason=REASON)


def test_a_manager_may_decide_and_a_stranger_finds_nothing(at: Desk) -> None:
    claim, other = disputed(at), desk("other")
    other.eve.memberships.filter(project=at.project).delete()
    with pytest.raises(NotVisible):
        decide(other.eve, claim_id=claim.pk, label="opinion", reason=REASON)
    assert decide(at.ann, claim_id=claim.pk, label="opinion", reason=REASON)


def test_there_is_nothing_to_decide_elsewhere(at: Desk) -> None:
    unit = draft(at).claims.first()
    [open_claim] = opened(at, "The bridge fell.")
    save_label(at.ben, claim_id=open_claim.pk, content=said("opinion"))
    void = move_claim(at.ann, claim_id=disputed(at).pk, to="void", reason="A slip.")
    over = move_claim(at.dora, claim_id=unsettled(at).pk, to="close", reason="Not worth it.")
    for claim in (unit, open_claim, fact(at), void, over):
        assert claim is not None
        with pytest.raises(WrongState):
            decide(at.dora, claim_id=claim.pk, label="opinion", reason=REASON)
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"label": "opinion", "reason": " \n"}, "reason"),
        ({"label": "unsure", "reason": REASON}, "label"),
        ({"label": "opinion", "reason": REASON, "content_kind": "fact"}, "content_kind"),
        ({"label": "verifiable_fact", "reason": REASON, "attribution": WHO}, "attribution"),
    ],
)
def test_what_does_not_fit_together_is_refused_at_its_field(at: Desk, given: dict[str, Any], field: str) -> None:
    claim = disputed(at)
    with pytest.raises(InvalidInput) as refused:
        decide(at.dora, claim_id=claim.pk, **given)
    assert list(refused.value.errors) == [field]
    assert fresh(claim).status == "disputed"


def test_what_agreeing_reviewers_left_unsettled_is_settled_in_one_act(at: Desk) -> None:
    claim = unsettled(at)
    assert settled(claim) == (
        "agreed",
        "attributed_statement",
        None,
        None,
        ["content_kind", "attribution"],
        "unanimous",
    )
    decided(at, claim, "attributed_statement", content_kind="evaluation", attribution=WHO)
    assert settled(claim) == ("agreed", "attributed_statement", "evaluation", WHO, [], "adjudicated")


def test_it_may_be_settled_in_parts(at: Desk) -> None:
    claim = unsettled(at)
    decided(at, claim, "attributed_statement", content_kind="evaluation")
    assert fresh(claim).unsettled == ["attribution"]
    with pytest.raises(InvalidInput) as refused:
        decide(at.eve, claim_id=claim.pk, label="attributed_statement", content_kind="fact", reason=REASON)
    assert set(refused.value.errors) == {"content_kind", "attribution"}
    decide(at.eve, claim_id=claim.pk, label="attributed_statement", attribution=WHO, reason=REASON)
    assert settled(claim) == ("agreed", "attributed_statement", "evaluation", WHO, [], "adjudicated")
    assert list(Decision.objects.order_by("created_at").values_list("content_kind", "attribution")) == [
        ("evaluation", None),
        ("evaluation", WHO),
    ]


def test_agreeing_labels_are_not_overruled_nor_passed_over(at: Desk) -> None:
    claim = unsettled(at)
    with pytest.raises(InvalidInput) as overruled:
        decide(at.dora, claim_id=claim.pk, label="opinion", reason=REASON)
    assert list(overruled.value.errors) == ["label"]
    with pytest.raises(InvalidInput) as nothing_said:
        decide(at.dora, claim_id=claim.pk, label="attributed_statement", reason=REASON)
    assert set(nothing_said.value.errors) == {"content_kind", "attribution"}
    assert fresh(claim).unsettled == ["content_kind", "attribution"]
