"""Sources and evidence: permissions, blindness, what stays, and how research begins."""

from uuid import uuid4

import pytest

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.errors import InvalidInput, NotPermitted, NotVisible, WrongState
from annotations.verification.models import Check, Verdict
from annotations.verification.services import approve_verdict, remove_evidence, request_changes
from annotations.verification.source_models import Evidence, Source
from annotations.verification.sourcing import add_source
from tests.factories.claims import (
    Desk,
    closed,
    desk,
    draft,
    evidence,
    fact,
    fresh,
    opened,
    proposal,
    quoted,
    verified,
)

QUOTED = {"aspect": "attribution", "quote": "It was bound to happen."}


def statuses(claim: Claim) -> dict[str, str]:
    return dict(Check.objects.filter(claim=claim).values_list("aspect", "status"))


def last_event(claim: Claim) -> Event:
    return Event.objects.filter(claim_id=claim.pk).latest("id")


def test_a_source_needs_a_url_or_a_title(at: Desk) -> None:
    assert add_source(at.ben, slug="desk", title="The register of bridges").listed
    assert add_source(at.ben, slug="desk", url="https://records.example/1").created_by == at.ben
    with pytest.raises(InvalidInput) as refused:
        add_source(at.ben, slug="desk")
    assert "url" in refused.value.errors


@pytest.mark.parametrize("url", ["javascript:alert(1)", "records.example", "https://"])
def test_a_source_has_an_address_that_can_be_opened(at: Desk, url: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_source(at.ben, slug="desk", url=url)
    assert "url" in refused.value.errors


def test_viewers_add_neither_sources_nor_evidence_nor_verdicts(at: Desk) -> None:
    claim = fact(at)
    with pytest.raises(NotPermitted):
        add_source(at.vic, slug="desk", title="A blog")
    with pytest.raises(NotPermitted):
        evidence(at, claim, by="vic")
    with pytest.raises(NotPermitted):
        proposal(at, claim, verdict="not_checkable", by="vic")


def test_strangers_find_nothing(at: Desk) -> None:
    claim, other = verified(at), desk("other")
    stranger = other.ann
    stranger.memberships.filter(project=at.project).delete()
    verdict, piece = Verdict.objects.get(), Evidence.objects.get()
    for act in (
        lambda: add_source(stranger, slug="desk", title="A blog"),
        lambda: evidence(other, claim, by="ann"),
        lambda: proposal(other, claim, by="ann"),
        lambda: remove_evidence(stranger, evidence_id=piece.pk),
        lambda: approve_verdict(stranger, verdict_id=verdict.pk),
        lambda: request_changes(stranger, verdict_id=verdict.pk, reason="No."),
    ):
        with pytest.raises(NotVisible):
            act()


# evidence


def test_the_first_evidence_begins_research_and_the_log_says_so(at: Desk) -> None:
    claim = quoted(at, "fact")
    evidence(at, claim, **QUOTED)
    assert fresh(claim).status == "researching"
    assert statuses(claim) == {"attribution": "researching", "content": "researching"}
    event = last_event(claim)
    assert (event.verb, event.data["before"], event.data["after"]) == ("evidence.added", "agreed", "researching")
    version = fresh(claim).version
    evidence(at, claim, **QUOTED)
    assert fresh(claim).version == version
    assert "before" not in last_event(claim).data


def test_evidence_names_a_source_of_the_project_or_makes_one(at: Desk) -> None:
    claim, listed = fact(at), add_source(at.cleo, slug="desk", url="https://records.example/bridges")
    assert evidence(at, claim, source_id=listed.pk).source == listed
    assert evidence(at, claim, url=listed.url, quote="It fell.").source == listed
    assert not evidence(at, claim, url="https://records.example/others").source.listed
    elsewhere = desk("other")
    foreign = add_source(elsewhere.ann, slug="other", title="Elsewhere")
    for source_id in (foreign.pk, uuid4()):
        with pytest.raises(InvalidInput) as refused:
            evidence(at, claim, source_id=source_id)
        assert "source" in refused.value.errors
    with pytest.raises(InvalidInput):
        evidence(at, claim, url="")


def test_what_is_not_opened_or_is_over_takes_no_evidence(at: Desk) -> None:
    unit = draft(at).claims.first()
    assert unit is not None
    opinion = closed(at, ben="opinion", cleo="opinion")
    for claim in (unit, opinion):
        with pytest.raises(WrongState):
            evidence(at, claim, by="ann")
    assert not Source.objects.exists()


def test_evidence_on_an_open_claim_is_its_authors_alone_and_moves_nothing(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    before = fresh(claim)
    piece = evidence(at, claim)
    assert (fresh(claim).status, fresh(claim).version) == (before.status, before.version)
    assert last_event(claim).hidden
    with pytest.raises(NotVisible):
        remove_evidence(at.cleo, evidence_id=piece.pk)
    with pytest.raises(NotVisible):
        remove_evidence(at.ann, evidence_id=piece.pk)
    remove_evidence(at.ben, evidence_id=piece.pk)
    assert not Evidence.objects.exists()


def test_a_source_only_hidden_evidence_knows_is_not_given_away(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    hidden = evidence(at, claim, by="ben", url="https://records.example/found-by-ben").source
    again = evidence(at, claim, by="cleo", url="https://records.example/found-by-ben").source
    assert again != hidden
    with pytest.raises(InvalidInput):
        evidence(at, claim, by="cleo", source_id=hidden.pk)


def test_only_who_added_evidence_removes_it_and_the_log_keeps_what_it_was(at: Desk) -> None:
    claim = fact(at)
    piece = evidence(at, claim, quote="Closed for good on 3 March.", note="Page 4")
    for name in ("cleo", "dora", "ann"):
        with pytest.raises(NotPermitted):
            remove_evidence(at.people[name], evidence_id=piece.pk)
    remove_evidence(at.ben, evidence_id=piece.pk)
    kept = last_event(claim).data
    assert (kept["quote"], kept["source"]) == ("Closed for good on 3 March.", piece.source.url)
    with pytest.raises(NotVisible):
        remove_evidence(at.ben, evidence_id=piece.pk)


def test_evidence_stays_while_a_verdict_rests_on_it(at: Desk) -> None:
    claim = quoted(at, "fact")
    piece = evidence(at, claim, **QUOTED)
    verdict = proposal(at, claim, "attribution", "accurate")
    assert fresh(claim).status == "researching"  # by its content, which nobody has looked into
    with pytest.raises(WrongState):
        remove_evidence(at.ben, evidence_id=piece.pk)
    approve_verdict(at.dora, verdict_id=verdict.pk)
    with pytest.raises(WrongState):
        remove_evidence(at.ben, evidence_id=piece.pk)
    later = evidence(at, claim, **QUOTED)
    remove_evidence(at.ben, evidence_id=later.pk)
    assert list(Evidence.objects.all()) == [piece]


def test_evidence_of_a_verdict_sent_back_may_go(at: Desk) -> None:
    claim = fact(at)
    piece = evidence(at, claim)
    request_changes(at.dora, verdict_id=proposal(at, claim).pk, reason="Look again.")
    remove_evidence(at.ben, evidence_id=piece.pk)
    assert fresh(claim).status == "researching"
