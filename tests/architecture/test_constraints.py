"""The rules that hold in the database itself, tried by plain SQL as somebody would who goes round every service."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from uuid_utils.compat import uuid7

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.labelling.models import Label, LabelRevision
from annotations.verification.models import Verdict
from tests.factories.claims import (
    Desk,
    closed,
    decided,
    desk,
    disputed,
    draft,
    evidence,
    fact,
    fresh,
    label,
    opened,
    proposal,
    verified,
)

DECISION = """
INSERT INTO annotations_decision (id, claim_id, adjudicator_id, label, reason, created_at)
VALUES (%s, %s, %s, %s, %s, now())
"""
LABEL = """
INSERT INTO annotations_label (id, claim_id, reviewer_id, version, created_at) VALUES (%s, %s, %s, 1, now())
"""
APPROVE = "UPDATE annotations_verdict SET status = 'approved', reviewed_by_id = %s, reviewed_at = now() WHERE id = %s"
COPY = """
INSERT INTO annotations_verdict (id, claim_id, aspect, verdict, explanation, as_of, search_note, status,
                                 proposed_by_id, proposed_at, reviewed_by_id, reviewed_at, review_reason, checked)
SELECT %s, claim_id, aspect, verdict, explanation, as_of, search_note, %s, proposed_by_id, proposed_at, %s, now(),
       '', '[]'
FROM annotations_verdict WHERE id = %s
"""


def run(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


def refused(naming: str, sql: str, *values: Any) -> None:
    """The database refuses the statement and names the rule that it breaks."""
    with pytest.raises(DatabaseError, match=naming), transaction.atomic():
        run(sql, *values)


@pytest.fixture
def at(db: None) -> Desk:
    return desk()


@pytest.fixture
def lax(db: None) -> Desk:
    """A project without four eyes."""
    return desk("lax", four_eyes=False)


def proposed(at: Desk) -> Verdict:
    claim = fact(at)
    evidence(at, claim)
    return proposal(at, claim, by="dora")


# four eyes, by the rule the project was opened with


def test_the_proposer_does_not_approve(at: Desk) -> None:
    verdict = proposed(at)
    refused("verdict_four_eyes", APPROVE, at.dora.pk, verdict.pk)
    assert run(APPROVE, at.eve.pk, verdict.pk) == 1
    refused("verdict_four_eyes", "UPDATE annotations_verdict SET proposed_by_id = reviewed_by_id")


def test_an_approved_verdict_is_not_inserted_for_its_proposer(at: Desk) -> None:
    verdict = proposed(at)
    refused("verdict_four_eyes", COPY, uuid7(), "approved", at.dora.pk, verdict.pk)
    assert run(COPY, uuid7(), "approved", at.eve.pk, verdict.pk) == 1


def test_an_approval_names_somebody(at: Desk) -> None:
    proposed(at)
    refused("verdict_approved_by_somebody", "UPDATE annotations_verdict SET status = 'approved'")


def test_a_labeller_does_not_decide(at: Desk) -> None:
    claim = disputed(at)
    refused("decision_four_eyes", DECISION, uuid7(), claim.pk, at.ben.pk, "opinion", "Because.")
    assert run(DECISION, uuid7(), claim.pk, at.dora.pk, "opinion", "Because.") == 1


def test_an_abstention_is_a_label_too(at: Desk) -> None:
    claim = closed(at, ben="opinion", dora="unsure")
    refused("decision_four_eyes", DECISION, uuid7(), claim.pk, at.dora.pk, "opinion", "Because.")


def test_the_rule_is_the_projects(lax: Desk) -> None:
    claim, verdict = disputed(lax), proposed(lax)
    assert run(DECISION, uuid7(), claim.pk, lax.ben.pk, "opinion", "Because.") == 1
    assert run(APPROVE, lax.dora.pk, verdict.pk) == 1


@pytest.mark.parametrize(
    "change", ["four_eyes = NOT four_eyes", "blind = NOT blind", "labels_per_claim = 1", "rules_frozen_at = NULL"]
)
def test_the_rules_are_fixed_once_an_article_is_open(at: Desk, change: str) -> None:
    statement = f"UPDATE annotations_project SET {change} WHERE id = %s"
    draft(at)
    with transaction.atomic():
        assert run(statement, at.project.pk) == 1
        transaction.set_rollback(True)
    opened(at)
    refused("project_rules_frozen|Cannot update", statement, at.project.pk)
    assert run("UPDATE annotations_project SET name = 'Another' WHERE id = %s", at.project.pk) == 1


def test_a_project_asks_for_one_to_twenty_labels(at: Desk) -> None:
    for number in (0, 21):
        refused("project_labels_per_claim", "UPDATE annotations_project SET labels_per_claim = %s", number)


# what is only ever added


def worked(at: Desk) -> None:
    decided(at, disputed(at))
    verified(at)


@pytest.mark.parametrize("table", ["event", "labelrevision", "decision"])
def test_rows_of_the_record_are_neither_changed_nor_deleted(at: Desk, table: str) -> None:
    worked(at)
    refused("Cannot update", f"UPDATE annotations_{table} SET id = id")
    refused("Cannot .*delete", f"DELETE FROM annotations_{table}")


def test_verdicts_are_never_deleted(at: Desk) -> None:
    worked(at)
    refused("Cannot .*delete", "DELETE FROM annotations_verdict")


def test_a_codebook_version_never_changes(at: Desk) -> None:
    refused("Cannot update", "UPDATE annotations_codebook SET text = 'Anew.'")


@pytest.mark.parametrize("change", ["text = text || '.'", "length = length + 1", "sha256 = repeat('0', 64)"])
def test_the_text_of_an_article_never_changes(at: Desk, change: str) -> None:
    draft(at)
    refused("Cannot update", f"UPDATE annotations_article SET {change}")


def test_event_numbers_are_given_once(at: Desk) -> None:
    event = Event.objects.earliest("id")
    copy = """
        INSERT INTO annotations_event (id, stream, number, verb, subject_type, subject_id, hidden, data, at)
        SELECT %s, stream, number, verb, subject_type, subject_id, hidden, data, at FROM annotations_event WHERE id = %s
    """
    refused("event_number_once", copy, uuid7(), event.pk)


def test_a_reviewer_has_one_current_label_on_a_claim(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    label(at, claim, ben="opinion")
    refused("label_once_per_reviewer", LABEL, uuid7(), claim.pk, at.ben.pk)
    assert run(LABEL, uuid7(), claim.pk, at.cleo.pk) == 1


def test_a_revision_has_its_own_number(at: Desk) -> None:
    fact(at)
    revision = LabelRevision.objects.earliest("id")
    copy = """
        INSERT INTO annotations_labelrevision (id, claim_id, reviewer_id, number, label, flags, rationale, rule, reason,
                                               codebook_id, created_at)
        SELECT %s, claim_id, reviewer_id, number, label, flags, rationale, rule, reason, codebook_id, created_at
        FROM annotations_labelrevision WHERE id = %s
    """
    refused("label_revision_once", copy, uuid7(), revision.pk)


REVISION = """
INSERT INTO annotations_labelrevision (id, claim_id, reviewer_id, number, label, content_kind, flags, confidence,
                                       rationale, rule, reason, codebook_id, created_at)
SELECT %s, c.id, %s, 9, %s, %s, '[]', %s, '', '', %s, p.codebook_id, now()
FROM annotations_claim c JOIN annotations_project p ON p.id = c.project_id WHERE c.id = %s
"""


@pytest.mark.parametrize(
    ("naming", "given"),
    [
        ("label_value", ("true", None, None, "")),
        ("label_abstention_reason", ("unsure", None, None, "")),
        ("label_abstention_reason", ("not_a_claim", None, None, "")),
        ("label_attribution_only_attributed", ("opinion", "fact", None, "")),
        ("label_confidence", ("opinion", None, 6, "")),
    ],
)
def test_a_revision_says_something_that_fits(at: Desk, naming: str, given: tuple[Any, ...]) -> None:
    [claim] = opened(at, "The bridge fell.")
    refused(naming, REVISION, uuid7(), at.ben.pk, *given, claim.pk)
    assert run(REVISION, uuid7(), at.ben.pk, "opinion", None, 5, "", claim.pk) == 1


# spans


def move(claim: Claim, **changes: Any) -> tuple[Any, ...]:
    return (*{"start": claim.start, "end": claim.end, "exact": claim.exact, **changes}.values(), claim.pk)


PLACE = 'UPDATE annotations_claim SET start = %s, "end" = %s, exact = %s WHERE id = %s'
CHANGES: list[Callable[[Claim], dict[str, Any]]] = [
    lambda claim: {"start": claim.start + 1},
    lambda claim: {"end": claim.end - 1},
    lambda claim: {"exact": claim.exact + "."},
    lambda claim: {"exact": claim.exact.replace("🌉", "🌁")},
    lambda claim: {"end": claim.end + 10_000},
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_span_equals_its_quote(at: Desk, change: Callable[[Claim], dict[str, Any]]) -> None:
    claim = draft(at).claims.earliest("start")
    refused("claim_span", PLACE, *move(claim, **change(claim)))
    shorter = {"end": claim.end - 1, "exact": claim.exact[:-1]}
    assert run(PLACE, *move(claim, **shorter)) == 1


@pytest.mark.parametrize("change", CHANGES)
def test_a_claim_is_not_inserted_beside_its_quote(at: Desk, change: Callable[[Claim], dict[str, Any]]) -> None:
    claim = draft(at).claims.earliest("start")
    copy = """
        INSERT INTO annotations_claim (id, project_id, article_id, start, "end", exact, prefix, suffix, kind,
                                       proposition, status, version, unsettled, created_by_id, created_at)
        SELECT %s, project_id, article_id, %s, %s, %s, prefix, suffix, kind,
               proposition, status, version, unsettled, created_by_id, created_at
        FROM annotations_claim WHERE id = %s
    """
    refused("claim_span", copy, uuid7(), *move(claim, **change(claim)))
    assert run(copy, uuid7(), *move(claim)) == 1


def test_the_span_of_an_opened_claim_is_fixed(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    refused("claim_span_fixed", PLACE, *move(claim, end=claim.end - 1, exact=claim.exact[:-1]))
    assert fresh(claim).exact == "The bridge fell."


def test_an_empty_span_is_none(at: Desk) -> None:
    claim = draft(at).claims.earliest("start")
    refused("claim_span", PLACE, *move(claim, end=claim.start, exact=""))


@pytest.mark.parametrize("status", ["agreed", "disputed", "verified"])
def test_a_settled_claim_has_closed_for_labelling(at: Desk, status: str) -> None:
    [claim] = opened(at, "The bridge fell.")
    refused("claim_open_or_closed", "UPDATE annotations_claim SET status = %s WHERE id = %s", status, claim.pk)
    settled = fact(at)
    refused("claim_open_or_closed", "UPDATE annotations_claim SET status = 'labelling' WHERE id = %s", settled.pk)


def test_a_verdict_has_a_word_of_its_aspect(at: Desk) -> None:
    proposed(at)
    for aspect, word in (("content", "accurate"), ("attribution", "supported"), ("content", "true")):
        refused("verdict_word", "UPDATE annotations_verdict SET aspect = %s, verdict = %s", aspect, word)


@pytest.mark.parametrize("status", ["proposed", "approved"])
def test_an_aspect_has_one_verdict_of_a_kind(at: Desk, status: str) -> None:
    verdict = proposed(at)
    if status == "approved":
        run(APPROVE, at.eve.pk, verdict.pk)
    refused(f"verdict_{status}_once", COPY, uuid7(), status, at.eve.pk, verdict.pk)


def test_a_decision_settles_with_a_reason(at: Desk) -> None:
    claim = disputed(at)
    refused("decision_settles", DECISION, uuid7(), claim.pk, at.dora.pk, "unsure", "Because.")
    refused("decision_reason", DECISION, uuid7(), claim.pk, at.dora.pk, "opinion", "")


def test_what_labels_and_verdicts_are_about_is_not_deleted(at: Desk) -> None:
    claim = verified(at)
    with pytest.raises(DatabaseError), transaction.atomic():
        run("DELETE FROM annotations_claim WHERE id = %s", claim.pk)
        run("SET CONSTRAINTS ALL IMMEDIATE")
    assert Label.objects.filter(claim=claim).count() == 2
