"""One document is one source however its address was copied, and nobody adds the same evidence twice."""

import pytest

from annotations.errors import WrongState
from annotations.verification.queries import grounds
from annotations.verification.source_models import Evidence, Source
from annotations.verification.sourcing import add_source
from tests.factories.claims import Desk, evidence, fact, opened, proposal
from tests.personas import Person
from tests.verification.pages import path_of, post

PLAIN = "https://records.example/bridges?id=7"
COPIED = "http://www.Records.example:80/bridges/?utm_source=mail&id=7&fbclid=x#kalda"


def test_a_copied_address_finds_the_source_and_stays_as_it_was_first_typed(at: Desk) -> None:
    claim, listed = fact(at), add_source(at.cleo, slug="desk", url=PLAIN)
    assert evidence(at, claim, url=COPIED).source == listed
    assert Source.objects.get().url == PLAIN
    assert evidence(at, claim, url="https://records.example/bridges?id=8").source != listed


def test_two_copies_of_one_address_are_one_origin(at: Desk) -> None:
    claim = fact(at)
    for url in (PLAIN, COPIED):
        source = add_source(at.ben, slug="desk", url=url)
        evidence(at, claim, source_id=source.pk, tier="secondary")
    assert len({ground.origin for ground in grounds(claim, "content")}) == 1
    with pytest.raises(WrongState, match="two independent"):
        proposal(at, claim)


def test_a_source_that_only_its_finder_may_see_is_not_found_by_others(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    assert evidence(at, claim, url=PLAIN).source != evidence(at, claim, by="cleo", url=COPIED).source


def test_the_same_evidence_a_second_time_is_refused_and_the_first_is_named(at: Desk) -> None:
    claim = fact(at)
    first = evidence(at, claim, url=PLAIN, quote="It fell.")
    given = {"url": COPIED, "aspect": "content", "stance": "supports", "tier": "secondary", "quote": "It fell."}
    refused = Person(at.ben).api("POST", f"claims/{claim.pk}/evidence/", given, want=409)
    assert refused["first"] == str(first.pk) and "already" in refused["detail"]
    page = post(at, path_of(claim, "evidence/"), want=409, note="Typed and kept.", **given)
    assert "You added this evidence already" in page and "Typed and kept." in page
    for other in ({"quote": "It fell on Tuesday."}, {"stance": "context"}, {"set": 2}, {"by": "cleo"}):
        evidence(at, claim, **{"url": PLAIN, "quote": "It fell.", **other})
    assert Evidence.objects.count() == 5
