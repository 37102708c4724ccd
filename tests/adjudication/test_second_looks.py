"""A new version of the codebook asks to look at claims again: before it is in force, after, and until somebody has."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.adjudication.models import SecondLook
from annotations.adjudication.services import keep_label
from annotations.claims.models import Claim
from annotations.codebooks import default
from annotations.codebooks.models import Codebook
from annotations.codebooks.services import write_codebook
from annotations.errors import NotPermitted, WrongState
from annotations.verification.moves import move_claim
from tests.factories.claims import (
    FACT,
    OPINION,
    Desk,
    closed,
    decided,
    disputed,
    fact,
    fresh,
    label,
    opened,
    said,
    verified,
)
from tests.personas import Person
from tests.verification.pages import main, path_of, post, read, section, words

WRITE = "/projects/desk/codebook/new/"
LIST = "/projects/desk/second-looks/"


def ruled(rule: str, label: str = "verifiable_fact") -> object:
    return said(label, rule=rule)


def by_rule(at: Desk, rule: str, quote: str = FACT, label: str = "verifiable_fact") -> Claim:
    """A closed claim whose labels name a rule."""
    return closed(at, quote, ben=ruled(rule, label), cleo=ruled(rule, label))


def rules(**other: str) -> list[dict[str, str]]:
    """The default rules, some with other texts; an empty text leaves the rule out."""
    named = {rule["id"]: rule["text"] for rule in default.RULES} | other
    return [{"id": name, "text": text} for name, text in named.items() if text]


def written(at: Desk, version: str, *, again: list[str] | None = None, **other: str) -> Codebook:
    return write_codebook(
        at.ann, slug="desk", version=version, language="en", text="Look.", rules=rules(**other), again=again or []
    )


def form(*, again: list[str] | None = None, **other: str) -> dict[str, object]:
    lines = "\n".join(f"{rule['id']}: {rule['text']}" for rule in rules(**other))
    return {"version": "1.1.0", "language": "en", "text": "Look.", "rules": lines, "again": again or []}


def listed(at: Desk, name: str = "dora") -> list[str]:
    """The ids of the claims that wait, as the API lists them."""
    return [each["claim"] for each in Person(at.people[name]).every("projects/desk/second-looks/")]


# before it is in force


def test_the_preview_names_rules_labels_and_claims_and_writes_nothing(at: Desk) -> None:
    one, other = by_rule(at, "F1"), by_rule(at, "O1", OPINION, "opinion")
    untouched = by_rule(at, "F2")
    page = main(post(at, WRITE, "ann", **form(F1="Other words.", O1="", X9="A new one."), preview="1"))
    shown = section(page, "preview")
    for told in ("F1 changed", "Other words.", "O1 vanished", "X9 new", "A new one."):
        assert told in shown
    assert "To be looked at again 2" in shown
    assert "F1 changed ◆ F verifiable fact 2" in shown and "O1 vanished ~ O opinion 2" in shown
    assert path_of(one) in page and path_of(other) in page and path_of(untouched) not in page
    assert "Other words." in page.split('name="rules"')[1]
    assert Codebook.objects.count() == 1
    post(at, WRITE, "ann", **form(F1="Other words."))
    assert Codebook.objects.count() == 2 and listed(at) == [str(one.pk)]


def test_a_version_without_changes_asks_for_nothing(at: Desk) -> None:
    by_rule(at, "F1")
    shown = section(main(post(at, WRITE, "ann", **form(), preview="1")), "preview")
    assert "No rule changed, vanished or is new." in shown and "To be looked at again 0" in shown


def test_new_rules_ask_for_the_labels_that_the_manager_names(at: Desk) -> None:
    bare, ruled_one = closed(at, OPINION, ben="opinion", cleo="opinion"), by_rule(at, "F1")
    shown = section(main(post(at, WRITE, "ann", **form(X9="New.", again=["opinion"]), preview="1")), "preview")
    assert "– new ~ O opinion 2" in shown
    written(at, "1.1.0", again=["opinion"], X9="New.")
    assert listed(at) == [str(bare.pk)]
    assert str(ruled_one.pk) not in listed(at)


def test_nothing_of_open_claims_is_counted(at: Desk) -> None:
    [claim] = opened(at, FACT)
    pages = []
    for given in ({}, {"ben": ruled("F1")}, {"ben": ruled("O1", "opinion"), "cleo": ruled("F1")}):
        label(at, claim, **given)
        shown = section(main(post(at, WRITE, "ann", **form(F1="Other.", O1=""), preview="1")), "preview")
        pages.append(shown)
    assert pages[0] == pages[1] == pages[2]
    written(at, "1.1.0", F1="Other.", O1="")
    assert listed(at, "ann") == listed(at) == []


# until somebody has looked


def test_a_claim_waits_until_somebody_says_that_its_label_stays(at: Desk) -> None:
    claim = by_rule(at, "F1")
    written(at, "1.1.0", F1="Other words.")
    page = main(read(at, LIST, "dora"))
    assert "under version 1.1.0" in words(page) and "F1 changed" in words(page) and path_of(claim) in page
    assert "To look at again under version 1.1.0" in section(main(read(at, path_of(claim), "vic")), "status")
    told = main(post(at, path_of(claim, "second-look/"), "dora", reason="It is still an event."))
    assert "At the moment none waits." in told
    history = section(main(read(at, path_of(claim), "vic")), "history")
    assert "dora looked at a claim again: its label stays: under version 1.1.0 It is still an event." in history
    assert "To look at again" not in main(read(at, path_of(claim), "vic"))
    with pytest.raises(WrongState, match="or somebody has"):
        keep_label(at.eve, claim_id=claim.pk)


def test_what_was_looked_at_is_asked_for_again_only_by_another_change(at: Desk) -> None:
    claim = by_rule(at, "F1")
    written(at, "1.1.0", F1="Other words.")
    keep_label(at.dora, claim_id=claim.pk)
    written(at, "1.2.0", F1="Other words.", F2="Not its rule.")
    assert listed(at) == []
    written(at, "1.3.0", F1="Yet other words.")
    assert listed(at) == [str(claim.pk)]
    keep_label(at.eve, claim_id=claim.pk)
    assert listed(at) == []


def test_what_nobody_looked_at_goes_on_waiting_until_the_rule_is_as_it_was(at: Desk) -> None:
    claim = by_rule(at, "F1")
    written(at, "1.1.0", F1="Other words.")
    written(at, "1.2.0", F1="Other words.")
    assert listed(at) == [str(claim.pk)]
    written(at, "1.3.0")
    assert listed(at) == []


@pytest.mark.parametrize("move", ["challenge", "decide"])
def test_who_challenges_or_decides_has_looked(at: Desk, move: str) -> None:
    verified_one = verified(at, by_rule(at, "F1"))
    open_one = closed(at, ben=ruled("F1"), cleo=ruled("O1", "opinion"))
    written(at, "1.1.0", F1="Other words.")
    assert set(listed(at)) == {str(verified_one.pk), str(open_one.pk)}
    if move == "challenge":
        move_claim(at.ben, claim_id=verified_one.pk, to="challenge", reason="By the new rule it is none.")
        assert listed(at) == [str(open_one.pk)]
    else:
        decided(at, open_one)
        assert listed(at) == [str(verified_one.pk)]


def test_void_claims_do_not_wait_and_other_moves_write_no_look(at: Desk) -> None:
    written(at, "1.1.0", F1="Other words.")
    move_claim(at.ann, claim_id=fact(at).pk, to="void", reason="A slip.")
    decided(at, disputed(at))
    assert not SecondLook.objects.exists()
    claim = by_rule(at, "F1")
    written(at, "1.2.0")
    assert listed(at) == [str(claim.pk)]
    move_claim(at.ann, claim_id=claim.pk, to="void", reason="A slip.")
    assert listed(at) == []


# who may


def test_who_labelled_a_claim_does_not_say_that_it_stays(at: Desk) -> None:
    claim = closed(at, ben=ruled("F1"), dora=ruled("F1"))
    written(at, "1.1.0", F1="Other words.")
    assert "you labelled it" in main(read(at, LIST, "dora")) and "/second-look/" not in main(read(at, LIST, "dora"))
    assert "1 claim to look at again" not in words(read(at, "/projects/desk/", "dora"))
    assert "1 claim to look at again" in words(read(at, "/projects/desk/", "eve"))
    with pytest.raises(NotPermitted):
        keep_label(at.dora, claim_id=claim.pk)
    with pytest.raises(IntegrityError, match="second_look_four_eyes"), transaction.atomic():
        SecondLook.objects.create(
            claim=claim,
            codebook=fresh(claim).project.codebook,
            outcome="stays",
            looked_by=at.dora,
            looked_at=timezone.now(),
        )
    post(at, path_of(claim, "second-look/"), "ben", want=403)
    assert "/second-look/" not in main(read(at, LIST, "vic"))


def test_the_api_lists_reasons_and_keeps_a_label(at: Desk) -> None:
    claim = by_rule(at, "F1")
    body = {"version": "1.1.0", "text": "Look.", "rules": rules(F1="Other."), "again": ["opinion"]}
    made = Person(at.ann).api("POST", "projects/desk/codebooks/", body, want=201)
    assert made["again"] == ["opinion"]
    dora = Person(at.dora)
    [asked] = dora.every("projects/desk/second-looks/")
    assert asked == {
        "claim": str(claim.pk),
        "status": "agreed",
        "label": "verifiable_fact",
        "reasons": [{"rule": "F1", "change": "changed", "label": "verifiable_fact"}],
    }
    look = dora.api("POST", f"claims/{claim.pk}/second-look/", {"reason": "Still so."}, want=201)
    assert (look["codebook_version"], look["outcome"], look["looked_by"]) == ("1.1.0", "stays", "dora")
    dora.api("POST", f"claims/{claim.pk}/second-look/", {}, want=409)
    Person(at.ann).api("POST", "projects/desk/codebooks/", {**body, "version": "2", "again": ["fact"]}, want=400)


def test_the_list_takes_as_many_queries_whatever_there_is(at: Desk) -> None:
    numbers = []
    for version in ("1.1.0", "1.2.0"):
        for _claim in range(4):
            by_rule(at, "F1")
        written(at, version, F1=f"Other words of {version}.")
        reader = Person(at.vic).browser
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(LIST).status_code == 200
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
