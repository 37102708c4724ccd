"""What is frozen is one moment of the database, in one order, and nothing that is still open."""

import threading
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.db.utils import InternalError
from django.utils import timezone

from annotations.claims.models import Claim
from annotations.labelling.services import close_article, save_label
from annotations.releases.freezing import frozen_records, release_record, snapshot
from annotations.releases.models import Release
from annotations.releases.queries import chosen_claims
from annotations.verification.moves import move_claim
from tests.factories.claims import (
    Desk,
    decided,
    disputed,
    evidence,
    fact,
    fresh,
    label,
    opened,
    proposal,
    said,
    verified,
)
from tests.factories.releases import EVERY_STATUS, published, requested, shelf


def frozen(release: Release) -> list[dict[str, Any]]:
    with snapshot():
        return list(frozen_records(release))


def of_type(records: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [record for record in records if record["type"] == kind]


def elsewhere(work: Callable[[], object]) -> None:
    """Do it in another thread, and so on another connection, and wait until it is committed."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def test_everything_is_of_one_moment(at: Desk) -> None:
    first, second = verified(at), verified(at)
    release, _ = requested(at)
    with snapshot():
        records = frozen_records(release)
        before = [next(records)]  # the codebook: everything else is read after what follows
        elsewhere(lambda: move_claim(at.dora, claim_id=second.pk, to="challenge", reason="Doubtful."))
        elsewhere(lambda: evidence(at, second, stance="refutes"))
        elsewhere(lambda: verified(at))
        frozen_then = [*before, *records]
        assert release_record(release)["number"] == 1
    assert [row["id"] for row in of_type(frozen_then, "claim")] == [first.pk, second.pk]
    assert [row["status"] for row in of_type(frozen_then, "claim")] == ["verified", "verified"]
    assert len(of_type(frozen_then, "evidence")) == 2
    now = frozen(release)
    assert [row["status"] for row in of_type(now, "claim")] == ["verified", "challenged", "verified"]
    assert len(of_type(now, "evidence")) == 4


def test_a_snapshot_cannot_write(at: Desk) -> None:
    with pytest.raises(InternalError, match="read-only"), snapshot():
        Claim.objects.update(version=9)


def test_articles_claims_and_what_was_said_come_in_one_order(at: Desk) -> None:
    shelf(at)
    release, _ = requested(at)
    records = frozen(release)
    expected = list(chosen_claims(at.project, EVERY_STATUS).values_list("pk", flat=True))
    assert [row["id"] for row in of_type(records, "claim")] == expected
    order = {"codebook": 0, "article": 1, "claim": 2, "evidence": 3, "label": 4, "decision": 5}
    for before, after in pairwise(records):
        if after["type"] not in ("article", "claim"):
            assert order[before["type"]] <= order[after["type"]]
    for claim in expected:
        reviewers = [row["reviewer"] for row in of_type(records, "label") if row["claim_id"] == claim]
        assert reviewers == sorted(reviewers)


def test_a_text_comes_before_its_claims_and_every_quote_stands_in_it(at: Desk) -> None:
    shelf(at)
    release, _ = requested(at)
    text, seen = {}, 0
    for record in frozen(release):
        if record["type"] == "article":
            text = {record["id"]: record["text"]}
        elif record["type"] == "claim":
            [anchor] = record["anchors"]
            assert text[record["article_id"]][anchor["start"] : anchor["end"]] == anchor["exact"]
            seen += 1
    assert seen == 7


def test_open_and_void_claims_are_never_frozen(at: Desk) -> None:
    claims = shelf(at)
    void = fact(at)
    move_claim(at.ann, claim_id=void.pk, to="void", reason="Twice.")
    release, _ = requested(at)
    Release.objects.filter(pk=release.pk).update(
        filter={"status": ["labelling", "void", "draft", "verified"], "label": [], "articles": []}
    )
    records = frozen(Release.objects.get(pk=release.pk))
    ids = {row["id"] for row in of_type(records, "claim")}
    assert claims["open"].pk not in ids
    assert void.pk not in ids
    assert "secret rationale" not in str(records)


def test_only_counted_labels_are_frozen(at: Desk) -> None:
    claim = fact(at)
    label(at, claim, ben=said("opinion", rationale="I changed my mind too late."))
    release, _ = requested(at)
    labels = of_type(frozen(release), "label")
    assert [row["label"] for row in labels] == ["verifiable_fact", "verifiable_fact"]
    assert "too late" not in str(labels)


def test_a_label_keeps_what_was_said(at: Desk) -> None:
    [claim] = opened(at, "“Nobody was hurt”, a nurse said.")
    attribution = {"source_name": "a nurse", "source_kind": "described", "mode": "direct", "cue": "said"}
    said_more = {"flags": ["anonymous_source"], "confidence": 2, "rule": "A4", "rationale": "The cue."}
    content = said("attributed_statement", content_kind="fact", attribution=attribution, **said_more)
    save_label(at.ben, claim_id=claim.pk, content=content)
    label(at, claim, cleo=said("unsure"))
    close_article(at.ann, article_id=claim.article_id)
    release, _ = requested(at)
    by_label = {row["label"]: row for row in of_type(frozen(release), "label")}
    told = by_label["attributed_statement"]
    assert (told["attribution"], told["content_kind"], told["flags"]) == (attribution, "fact", ["anonymous_source"])
    assert (told["confidence"], told["rule"], told["rationale"], told["blind"]) == (2, "A4", "The cue.", True)
    assert (told["codebook_version"], told["reason"]) == ("1.0.0", None)
    assert by_label["unsure"]["reason"] == "Cannot tell."


def test_a_decided_claim_has_its_votes_and_its_decision(at: Desk) -> None:
    claim = decided(at, disputed(at))
    release, _ = requested(at)
    records = frozen(release)
    [told] = of_type(records, "claim")
    assert told["label"] == {
        "value": "verifiable_fact",
        "content_kind": None,
        "origin": "adjudicated",
        "codebook_rule": None,
        "votes": {"opinion": 1, "verifiable_fact": 1},
    }
    assert told["verified"] is False
    [decision] = of_type(records, "decision")
    assert (decision["claim_id"], decision["reason"]) == (claim.pk, "The date can be looked up.")


def test_a_verified_claim_has_its_verdict_and_what_it_rests_on(at: Desk) -> None:
    claim = verified(at)
    release, _ = requested(at)
    records = frozen(release)
    [told], [source] = of_type(records, "claim"), of_type(records, "evidence")
    [check] = told["checks"]
    assert (check["aspect"], check["verdict"], check["status"]) == ("content", "supported", "verified")
    assert check["explanation"] == "The register has it."
    assert check["evidence"] == [source["id"]]
    assert check["approved_by"] != [check["proposed_by"]]
    assert (source["claim_id"], source["stance"], source["tier"]) == (claim.pk, "supports", "primary")
    assert told["verified"] is True


def test_a_proposed_verdict_has_nobody_who_approved_it(at: Desk) -> None:
    claim = fact(at)
    evidence(at, claim)
    proposal(at, claim)
    release, _ = requested(at)
    [told] = of_type(frozen(release), "claim")
    assert (told["status"], told["verified"]) == ("proposed", False)
    assert (told["checks"][0]["verdict"], told["checks"][0]["approved_by"]) == ("supported", [])


def test_a_claim_researched_again_has_no_verdict_in_force(at: Desk) -> None:
    claim = verified(at)
    move_claim(at.dora, claim_id=claim.pk, to="challenge", reason="New records.")
    release, _ = requested(at)
    assert of_type(frozen(release), "claim")[0]["checks"][0]["verdict"] == "supported"
    move_claim(at.dora, claim_id=claim.pk, to="reopen", reason="New records.")
    [check] = of_type(frozen(release), "claim")[0]["checks"]
    assert (check["status"], check["verdict"], check["proposed_by"]) == ("researching", None, None)


def test_people_go_by_another_name_in_every_release(at: Desk) -> None:
    verified(at)
    one, other = requested(at)[0], requested(at)[0]
    reviewers = [{row["reviewer"] for row in of_type(frozen(release), "label")} for release in (one, other)]
    assert len(reviewers[0]) == len(reviewers[1]) == 2
    assert reviewers[0].isdisjoint(reviewers[1])


def test_no_row_of_a_person_is_found_again_in_the_next_release(at: Desk) -> None:
    decided(at, disputed(at))
    frozen_twice = [frozen(requested(at)[0]) for _ in range(2)]
    for kind in ("label", "decision"):
        one, other = (of_type(records, kind) for records in frozen_twice)
        assert one and {row["id"] for row in one}.isdisjoint(row["id"] for row in other)
        assert {str(row["created_at"]) for row in one} == {str(timezone.now().date())}


def test_the_next_release_names_the_one_before(at: Desk) -> None:
    claim = verified(at)
    first = published(at)
    assert fresh(claim).status == "published"
    second, _ = requested(at)
    with snapshot():
        record = release_record(second)
    assert record["number"] == 2
    assert record["parent"] == {"id": first.public_id, "number": 1}
    assert record["rules"] == {"blind": True, "four_eyes": True, "labels_per_claim": 2}


def test_labels_tell_where_their_words_stand_and_how_long_they_took(at: Desk) -> None:
    claim, *_ = opened(at, "It fell, said the mayor.")
    spans = {"source": {"start": claim.end - 10, "end": claim.end - 1}}
    for person, seconds in ((at.ben, 41), (at.cleo, None)):
        content = said("attributed_statement", attribution={"source_name": "the mayor", "spans": spans})
        save_label(person, claim_id=claim.pk, content=content, seconds=seconds)
    close_article(at.ann, article_id=claim.article_id)
    release, _ = requested(at)
    records = frozen(release)
    labels = of_type(records, "label")
    assert {row["seconds"] for row in labels} == {41, None}
    told = {"source_name": "the mayor", "spans": spans}
    assert [row["attribution"] for row in (*labels, *of_type(records, "claim"))] == [told] * 3
