"""What the database itself says of parts, tried by plain SQL."""

import pytest
from django.db import DatabaseError, transaction
from uuid_utils.compat import uuid7

from annotations.verification.models import Part, Verdict
from annotations.verification.source_models import Evidence
from tests.architecture.test_constraints import refused, run
from tests.factories.claims import Desk, desk, evidence, fact, proposal, quoted, verified
from tests.factories.parts import compound, part_proposal

pytestmark = pytest.mark.django_db
PART = """
INSERT INTO annotations_part (id, claim_id, position, proposition, created_by_id, created_at)
VALUES (%s, %s, %s, %s, %s, now())
"""
COPY = """
INSERT INTO annotations_verdict (id, claim_id, aspect, part_id, verdict, explanation, as_of, search_note, status,
                                 proposed_by_id, proposed_at, review_reason, checked)
SELECT %s, claim_id, aspect, %s, verdict, explanation, as_of, search_note, 'proposed', proposed_by_id, proposed_at, '',
       '[]'
FROM annotations_verdict WHERE id = %s
"""


@pytest.fixture
def at() -> Desk:
    return desk()


def test_a_claim_has_up_to_twelve_parts_in_order(at: Desk) -> None:
    claim, _parts = compound(at)
    refused("part_position_once", PART, uuid7(), claim.pk, 2, "Another.", at.ben.pk)
    for position in (0, 13):
        refused("part_position", PART, uuid7(), claim.pk, position, "Another.", at.ben.pk)
    refused("part_proposition", PART, uuid7(), claim.pk, 3, "", at.ben.pk)
    assert run(PART, uuid7(), claim.pk, 12, "Another.", at.ben.pk) == 1


def test_one_part_is_none(at: Desk) -> None:
    claim, parts = compound(at)
    with pytest.raises(DatabaseError, match="part_of_several"), transaction.atomic():
        run("DELETE FROM annotations_part WHERE id = %s", parts[0].pk)
        run("SET CONSTRAINTS ALL IMMEDIATE")
    assert Part.objects.filter(claim=claim).count() == 2


def test_what_is_said_of_a_part_is_said_of_its_claim(at: Desk) -> None:
    _claim, (first, _second) = compound(at)
    part_proposal(at, first)
    other, _parts = compound(at)
    for table in ("evidence", "verdict"):
        refused("of_its_claim", f"UPDATE annotations_{table} SET claim_id = %s", other.pk)


def test_only_content_has_parts(at: Desk) -> None:
    claim = quoted(at, "fact")
    _claim, (first, _second) = compound(at, claim=claim)
    piece = evidence(at, claim, aspect="attribution", quote="So.")
    verdict = proposal(at, claim, "attribution", "accurate")
    refused("evidence_part_of_content", "UPDATE annotations_evidence SET part_id = %s", first.pk)
    refused("verdict_part_of_content", "UPDATE annotations_verdict SET part_id = %s", first.pk)
    assert (Evidence.objects.get(pk=piece.pk).part, Verdict.objects.get(pk=verdict.pk).part) == (None, None)


def test_a_part_has_one_proposed_verdict(at: Desk) -> None:
    _claim, (first, second) = compound(at)
    verdict = part_proposal(at, first)
    refused("verdict_proposed_once", COPY, uuid7(), first.pk, verdict.pk)
    assert run(COPY, uuid7(), second.pk, verdict.pk) == 1


def test_a_claim_is_judged_whole_or_in_parts(at: Desk) -> None:
    _claim, (first, _second) = compound(at)
    verdict = part_proposal(at, first)
    refused("verdict_follows_from_parts", COPY, uuid7(), None, verdict.pk)
    refused("verdict_follows_from_parts", "UPDATE annotations_verdict SET part_id = NULL")
    whole = verified(at)
    refused("part_of_unjudged", PART, uuid7(), whole.pk, 1, "One.", at.ben.pk)


def test_parts_that_something_is_said_of_are_not_deleted(at: Desk) -> None:
    claim, (first, _second) = compound(at)
    part_proposal(at, first)
    with pytest.raises(DatabaseError), transaction.atomic():
        run("DELETE FROM annotations_part WHERE claim_id = %s", claim.pk)
        run("SET CONSTRAINTS ALL IMMEDIATE")
    assert fact(at).parts.count() == 0
