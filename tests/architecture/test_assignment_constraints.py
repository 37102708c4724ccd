"""What the database itself says of assignments, tried by plain SQL."""

from typing import Any

import pytest
from uuid_utils.compat import uuid7

from annotations.claims.models import Claim
from tests.architecture.test_constraints import refused, run
from tests.factories.claims import Desk, desk, opened

pytestmark = pytest.mark.django_db
ASSIGNMENT = """
INSERT INTO annotations_assignment (id, project_id, article_id, claim_id, reviewer_id, origin, seed, made_by_id,
                                    made_at, expires_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, now(), now() + %s::interval)
"""


@pytest.fixture
def at() -> Desk:
    return desk()


def values(at: Desk, of: Claim, **other: Any) -> tuple[Any, ...]:
    """An assignment of the claim's article to ben by hand, with what is `other`."""
    row = {"project": at.project.pk, "article": of.article_id, "claim": None, "reviewer": at.ben.pk}
    row |= {"origin": "by_hand", "seed": None, "by": at.ann.pk, "lease": None}
    return (uuid7(), *(row | other).values())


def test_one_has_an_article_or_a_claim_once(at: Desk) -> None:
    claim, *_ = opened(at)
    assert run(ASSIGNMENT, *values(at, claim)) == 1
    refused("assignment_of_article_once", ASSIGNMENT, *values(at, claim))
    assert run(ASSIGNMENT, *values(at, claim, claim=claim.pk)) == 1
    refused("assignment_of_claim_once", ASSIGNMENT, *values(at, claim, claim=claim.pk))
    assert run(ASSIGNMENT, *values(at, claim, reviewer=at.cleo.pk)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"origin": "balanced"},
        {"origin": "taken"},
        {"seed": 4},
        {"lease": "1 day"},
        {"origin": "taken", "seed": 4, "lease": "1 day"},
        {"origin": "found"},
    ],
)
def test_a_lease_belongs_to_what_was_taken_and_a_seed_to_what_was_balanced(at: Desk, other: dict[str, Any]) -> None:
    claim, *_ = opened(at)
    refused("assignment_origin", ASSIGNMENT, *values(at, claim, **other))


def test_a_claim_lies_in_its_article_and_an_article_in_its_project(at: Desk) -> None:
    claim, another = opened(at)[0], opened(at)[0]
    elsewhere = desk("elsewhere")
    refused("assignment_in_its_project", ASSIGNMENT, *values(at, claim, claim=another.pk))
    refused("assignment_in_its_project", ASSIGNMENT, *values(at, claim, project=elsewhere.project.pk))
    assert run(ASSIGNMENT, *values(at, claim)) == 1
    refused(
        "assignment_in_its_project",
        "UPDATE annotations_assignment SET article_id = %s",
        opened(elsewhere)[0].article_id,
    )


def test_work_is_handed_out_in_a_way_that_there_is(at: Desk) -> None:
    refused("project_distribution", "UPDATE annotations_project SET distribution = 'by_lot'")
