"""What a person may know of sources, evidence and verdicts."""

from uuid import uuid4

import pytest

from annotations.errors import NotVisible
from annotations.verification.queries import (
    evidence_for,
    grounds,
    verdict_for,
    visible_evidence,
    visible_sources,
    visible_verdicts,
)
from annotations.verification.sourcing import add_source
from tests.factories.claims import Desk, desk, evidence, fact, hand_in_all, label, opened, verified


def test_evidence_on_an_open_claim_is_seen_by_its_author_alone(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    piece = evidence(at, claim)
    assert list(visible_evidence(at.ben)) == [piece]
    assert list(visible_sources(at.ben, at.project)) == [piece.source]
    for name in ("cleo", "dora", "ann", "vic"):
        assert not visible_evidence(at.people[name]).exists()
        assert not visible_sources(at.people[name], at.project).exists()
        with pytest.raises(NotVisible):
            evidence_for(at.people[name], piece.pk)
    label(at, claim, ben="verifiable_fact", cleo="verifiable_fact")
    hand_in_all(at, claim, "ben", "cleo")
    for name in ("cleo", "ann", "vic"):
        assert evidence_for(at.people[name], piece.pk) == piece
        assert list(visible_sources(at.people[name], at.project)) == [piece.source]


def test_a_project_that_is_not_blind_hides_nothing_from_those_who_see_open_work(db: None) -> None:
    at = desk(blind=False)
    [claim] = opened(at, "The bridge fell.")
    piece = evidence(at, claim)
    assert list(visible_evidence(at.cleo)) == [piece]
    assert not visible_evidence(at.vic).exists()


def test_listed_sources_are_everybodys(at: Desk) -> None:
    source = add_source(at.ben, slug="desk", title="The register")
    assert list(visible_sources(at.vic, at.project)) == [source]
    other = desk("other")
    other.vic.memberships.filter(project=at.project).delete()
    assert not visible_sources(other.vic, at.project).exists()


def test_verdicts_are_seen_by_members_alone(at: Desk) -> None:
    verified(at)
    [verdict] = visible_verdicts(at.vic)
    assert verdict_for(at.vic, verdict.pk).reviewed_by == at.dora
    at.cleo.memberships.all().delete()
    assert not visible_verdicts(at.cleo).exists()
    with pytest.raises(NotVisible):
        verdict_for(at.cleo, verdict.pk)
    with pytest.raises(NotVisible):
        verdict_for(at.vic, uuid4())


def test_grounds_tell_origins_apart(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim, url="https://a.example/1", tier="secondary", quote=" ")
    evidence(at, claim, url="https://a.example/1", tier="secondary", quote="It fell.")
    evidence(at, claim, url="", title="The register")
    evidence(at, claim, independence_group="agency", stance="refutes")
    found = grounds(claim, "content")
    assert [ground.quoted for ground in found] == [False, True, False, False]
    assert [found[0].origin == ground.origin for ground in found] == [True, True, False, False]
    assert len({ground.origin for ground in found}) == 3
    evidence(at, claim, url="https://a.example/1", tier="secondary", independence_group="agency")
    assert len({ground.origin for ground in grounds(claim, "content")}) == 2
    assert grounds(claim, "attribution") == []
