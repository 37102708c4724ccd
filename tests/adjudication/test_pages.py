"""The queue of disputes and the decision, as adjudicators use them without a script."""

import re
from typing import Any

import pytest
from django.test import Client

from annotations.adjudication.models import Decision
from annotations.claims.models import Claim
from annotations.labelling.services import close_article, save_label
from tests.factories.claims import Desk, closed, decided, desk, disputed, fact, fresh, opened, said, unsettled
from tests.personas import Person

DISPUTES = "/projects/desk/disputes/"
REASON = "The date can be looked up."


def browser(at: Desk, name: str = "dora") -> Client:
    return Person(at.people[name]).browser


def read(at: Desk, path: str, name: str = "dora", want: int = 200) -> str:
    answer = browser(at, name).get(path)
    assert answer.status_code == want, answer.content.decode()
    return answer.content.decode()


def main(page: str) -> str:
    return page.split('id="content"')[1].split("<footer", maxsplit=1)[0]


def path_of(claim: Claim) -> str:
    return f"/claims/{claim.pk}/decide/"


def decide(at: Desk, claim: Claim, name: str = "dora", **data: Any) -> Any:
    return browser(at, name).post(path_of(claim), {"label": "opinion", "reason": REASON, **data})


# the queue


def test_an_empty_queue_says_what_will_be_here(at: Desk) -> None:
    fact(at)
    assert "nothing waits for a decision" in read(at, DISPUTES)


def test_the_queue_shows_claims_labels_and_what_is_to_be_settled(at: Desk) -> None:
    claim, other = disputed(at), unsettled(at)
    page = main(read(at, DISPUTES))
    assert claim.exact in page and other.exact in page
    assert "mark--verifiable_fact" in page and "mark--opinion" in page
    assert "content kind, attribution" in page
    assert page.count("/decide/") == 3  # each claim's and the next one's
    assert not re.search(r"\b(ben|cleo)\b", page)


def test_who_labelled_is_told_so_in_the_queue(at: Desk) -> None:
    claim = closed(at, ben="opinion", dora="verifiable_fact")
    page = main(read(at, DISPUTES))
    assert "you labelled it" in page and path_of(claim) not in page
    assert path_of(claim) in main(read(at, DISPUTES, "eve"))


@pytest.mark.parametrize("name", ["vic", "ben"])
def test_others_read_the_queue_and_do_not_decide(at: Desk, name: str) -> None:
    claim = disputed(at)
    page = main(read(at, DISPUTES, name))
    assert claim.exact in page and "/decide/" not in page
    read(at, path_of(claim), name, want=403)
    assert decide(at, claim, name).status_code == 403


def test_strangers_find_neither(at: Desk) -> None:
    claim, other = disputed(at), desk("other")
    other.eve.memberships.filter(project=at.project).delete()
    read(other, DISPUTES, "eve", want=404)
    read(other, path_of(claim), "eve", want=404)
    assert Person(None).browser.get(path_of(claim)).status_code == 302


# the decision


def test_labels_stand_under_neutral_names_with_what_differs_marked(at: Desk) -> None:
    page = main(read(at, path_of(disputed(at))))
    assert "Reviewer A" in page and "Reviewer B" in page
    assert not re.search(r"\b(ben|cleo)\b", page)
    [row] = re.findall(r'<tr class="differs">(.*?)</tr>', page, re.DOTALL)
    assert "≠" in row and "verifiable fact" in row and "opinion" in row
    assert "A date and a place." in page


def test_the_claim_stands_in_its_text(at: Desk) -> None:
    claims = opened(at, "It stood.", "It fell 🌉.", "قال الوزير إن الجسر فُحص.")
    for claim in claims:
        save_label(at.ben, claim_id=claim.pk, content=said("opinion"))
        save_label(at.cleo, claim_id=claim.pk, content=said("verifiable_fact"))
    close_article(at.ann, article_id=claims[0].article_id)
    page = main(read(at, path_of(claims[1])))
    assert '<mark class="claim-text">It fell 🌉.</mark>' in page
    assert "It stood." in page and "قال الوزير إن الجسر فُحص." in page


def test_after_a_decision_comes_the_next_dispute(at: Desk) -> None:
    first, second, third = disputed(at), disputed(at), disputed(at)
    assert decide(at, second).headers["Location"] == path_of(third)
    assert fresh(second).status == "closed"
    assert decide(at, third, label="verifiable_fact").headers["Location"] == path_of(first)
    last = decide(at, first)
    assert last.headers["Location"] == DISPUTES
    assert Decision.objects.filter(reason=REASON, adjudicator=at.dora).count() == 3


def test_those_i_labelled_are_passed_over(at: Desk) -> None:
    first = disputed(at)
    closed(at, ben="opinion", dora="verifiable_fact")
    third = disputed(at)
    assert f'href="{path_of(third)}"' in read(at, path_of(first))
    assert decide(at, first).headers["Location"] == path_of(third)


def test_who_labelled_it_is_told_before_they_type(at: Desk) -> None:
    claim = closed(at, ben="opinion", dora="verifiable_fact")
    page = main(read(at, path_of(claim)))
    assert "Somebody else decides this one" in page
    assert "<textarea" not in page and "Reviewer A" in page
    answer = decide(at, claim)
    assert answer.status_code == 403
    assert fresh(claim).status == "disputed"


def test_what_is_missing_is_said_at_its_field_and_all_typed_is_kept(at: Desk) -> None:
    claim = disputed(at)
    answer = decide(at, claim, label="attributed_statement", source_name="Réna <Orlu>", cue="said", reason=" ")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Say why: the reason is kept" in page
    assert 'value="Réna &lt;Orlu&gt;"' in page and 'value="said"' in page
    assert re.search(r'value="attributed_statement" checked', page)
    none = browser(at).post(path_of(claim), {"reason": REASON})
    assert none.status_code == 400
    assert "Choose a label first." in none.content.decode() and REASON in none.content.decode()


def test_an_attribution_typed_for_another_label_is_left_out(at: Desk) -> None:
    claim = disputed(at)
    assert decide(at, claim, source_name="Réna Orlu", content_kind="fact").status_code == 302
    assert (fresh(claim).label, fresh(claim).attribution) == ("opinion", None)


def test_a_decision_begins_as_one_reviewer_has_it_with_the_reason_kept(at: Desk) -> None:
    claim = unsettled(at)
    wanted = {"fact": "the mayor", "evaluation": "Réna Orlu"}
    kinds = set()
    for name in ("A", "B"):
        answer = browser(at).post(path_of(claim), {"as": name, "reason": "Half a sentence"})
        page = main(answer.content.decode())
        assert answer.status_code == 200 and "Half a sentence" in page
        [kind] = re.findall(
            r'<option value="(\w+)" selected', page.split('name="content_kind"')[1].split("</select>")[0]
        )
        assert f'value="{wanted[kind]}"' in page
        kinds.add(kind)
    assert kinds == {"fact", "evaluation"}
    assert not Decision.objects.exists()


def test_of_agreeing_labels_only_what_differs_is_asked(at: Desk) -> None:
    claim = unsettled(at)
    page = main(read(at, path_of(claim)))
    assert "The reviewers agree on the label" in page and 'type="radio"' not in page
    nothing = decide(at, claim)
    assert nothing.status_code == 400
    assert nothing.content.decode().count("The reviewers gave this differently.") == 2
    assert decide(at, claim, content_kind="fact").headers["Location"] == DISPUTES
    page = main(read(at, path_of(claim), "eve"))
    assert 'name="content_kind"' not in page and 'name="source_name"' in page
    assert decide(at, claim, "eve", source_name="Réna Orlu").status_code == 302
    assert fresh(claim).unsettled == []


def test_what_waits_for_nothing_leads_to_the_claim(at: Desk) -> None:
    [open_claim] = opened(at, "The bridge fell.")
    for claim in (fact(at), open_claim, decided(at, disputed(at))):
        answer = browser(at).get(path_of(claim))
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/claims/{claim.pk}/")
        assert decide(at, claim).status_code == 409
        assert decide(at, claim, **{"as": "A"}).status_code == 409
