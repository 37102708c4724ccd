"""The queue of disagreements, and labels side by side."""

from annotations.adjudication.queries import has_labelled, is_waiting, labelled_by, side_by_side, to_decide
from annotations.claims.models import Claim
from annotations.labelling.services import close_article, save_label
from annotations.verification.moves import move_claim
from tests.factories.claims import Desk, closed, decided, desk, disputed, fact, opened, said, unsettled


def test_disputed_and_unsettled_claims_wait_in_the_order_of_the_text(at: Desk) -> None:
    later_said, first_said = "It fell.", "It stood."
    article = opened(at, first_said, later_said)[0].article
    for claim in article.claims.order_by("-start"):
        save_label(at.ben, claim_id=claim.pk, content=said("opinion"))
        save_label(at.cleo, claim_id=claim.pk, content=said("verifiable_fact"))
    close_article(at.ann, article_id=article.pk)
    second = unsettled(at)
    fact(at)
    opened(at, "The bridge fell.")
    disputed(desk("other"))
    waiting = list(to_decide(at.dora, at.project))
    assert [claim.exact for claim in waiting[:2]] == [first_said, later_said]
    assert waiting[2:] == [second]


def test_the_queue_and_the_rule_for_one_claim_say_the_same(at: Desk) -> None:
    move_claim(at.ann, claim_id=disputed(at).pk, to="void", reason="A slip.")
    move_claim(at.dora, claim_id=unsettled(at).pk, to="close", reason="Not worth it.")
    decided(at, disputed(at))
    disputed(at)
    unsettled(at)
    fact(at)
    opened(at, "The bridge fell.")
    waiting = set(to_decide(at.dora, at.project))
    assert waiting == {claim for claim in Claim.objects.all() if is_waiting(claim)}
    assert len(waiting) == 2


def test_labels_stand_under_letters_in_an_order_of_no_meaning(at: Desk) -> None:
    claims = [disputed(at) for _ in range(12)]
    firsts = set()
    for claim in claims:
        columns = side_by_side(at.dora, claim)
        assert [name for name, _ in columns] == ["A", "B"]
        assert {revision.reviewer_id for _, revision in columns} == {at.ben.pk, at.cleo.pk}
        assert columns == side_by_side(at.eve, claim)
        firsts.add(columns[0][1].reviewer_id)
    assert len(firsts) == 2  # ben labelled first every time


def test_more_reviewers_than_letters_go_on(db: None) -> None:
    from annotations.adjudication.queries import _letters

    assert [_letters(place) for place in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


def test_only_what_was_counted_stands_side_by_side(at: Desk) -> None:
    claim = disputed(at)
    save_label(at.ben, claim_id=claim.pk, content=said("opinion", rationale="I changed my mind."))
    assert {revision.label for _, revision in side_by_side(at.dora, claim)} == {"verifiable_fact", "opinion"}


def test_nothing_of_an_open_claim_stands_side_by_side(at: Desk) -> None:
    [claim] = opened(at, "The bridge fell.")
    save_label(at.ben, claim_id=claim.pk, content=said("opinion"))
    assert side_by_side(at.dora, claim) == []
    assert side_by_side(at.ben, claim) == []


def test_who_labelled_is_known_abstentions_included(at: Desk) -> None:
    claim = closed(at, ben="unsure", dora="not_a_claim")
    assert has_labelled(at.dora, claim)
    assert not has_labelled(at.eve, claim)
    waiting = to_decide(at.dora, at.project)
    assert labelled_by(at.dora, waiting) == {claim.pk}
    assert labelled_by(at.eve, waiting) == set()
