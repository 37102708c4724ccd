"""The training round: gold claims by a manager, answers by a reviewer, and the gate before the first label."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.training.placing import PlacingError, place
from annotations.training.starter import EXAMPLES
from tests.personas import Team, team

pytestmark = pytest.mark.django_db
TRAINING = "projects/desk/training/"
GOLD = "/projects/desk/training/gold/"


def trained_team() -> Team:
    """A project with the twelve examples and the training switched on."""
    desk = team(ben="reviewer", cleo="reviewer")
    ann = desk.ann
    assert ann.browser.post(f"{GOLD}examples/").status_code == 302
    ann.api("PATCH", "projects/desk/", {"training": True})
    return desk


def go_through(person: Any, label: str | None = None) -> dict[str, Any]:
    """Answer every claim of a round, right where no label is given; where the person then stands."""
    right = {example["text"]: example["label"] for example in EXAMPLES}
    while (stands := person.api("GET", TRAINING))["claim"]:
        answer = {"claim": stands["claim"]["id"], "label": label or right[stands["claim"]["text"]]}
        person.api("POST", f"{TRAINING}answers/", answer, want=201)
    return dict(stands)


def open_claim(ann: Any) -> str:
    """A claim open for labelling."""
    article = ann.api("POST", "projects/desk/articles/", {"text": "The mill burned.", "segment": True}, want=201)
    ann.api("POST", f"articles/{article['id']}/open/")
    return str(ann.api("GET", f"articles/{article['id']}/claims/")["results"][0]["id"])


def test_training_needs_a_gold_claim() -> None:
    ann = team().ann
    problem = ann.api("PATCH", "projects/desk/", {"training": True}, want=409)
    assert "training" in problem["errors"]


def test_nobody_labels_before_a_finished_round() -> None:
    desk = trained_team()
    ann, ben = desk.ann, desk.ben
    claim = open_claim(ann)
    problem = ben.api("PUT", f"claims/{claim}/label/", {"label": "opinion"}, want=409)
    assert problem["training"] == "/projects/desk/training/"
    article = ann.api("GET", f"claims/{claim}/")["article"]
    assert ben.api("POST", f"articles/{article}/hand-in/", {"partial": True}, want=409)["training"]
    assert ben.browser.get(f"/articles/{article}/").status_code == 302
    for page in ("queue/", ""):
        assert "Go to the training" in ben.browser.get(f"/projects/desk/{page}").content.decode()
        assert "Go to the training" not in ann.browser.get(f"/projects/desk/{page}").content.decode()
    # Who wrote what is gold has nothing to learn from it.
    assert ann.browser.get(f"/articles/{article}/").status_code == 200
    ann.api("PUT", f"claims/{claim}/label/", {"label": "opinion"})
    stands = go_through(ben)
    assert stands["finished"] and stands["right"] == stands["total"] == 12
    ben.api("PUT", f"claims/{claim}/label/", {"label": "opinion"})


def test_who_has_labelled_goes_on_when_the_training_is_switched_on() -> None:
    desk = team(ben="reviewer")
    ann, ben = desk.ann, desk.ben
    claim = open_claim(ann)
    ben.api("PUT", f"claims/{claim}/label/", {"label": "opinion"})
    ann.browser.post(f"{GOLD}examples/")
    ann.api("PATCH", "projects/desk/", {"training": True})
    ben.api("PUT", f"claims/{claim}/label/", {"label": "verifiable_fact"})


def test_gold_is_told_after_the_answer_and_kept_with_it() -> None:
    desk = trained_team()
    ann, ben = desk.ann, desk.ben
    before = ben.send("GET", TRAINING).content.decode() + ben.browser.get(f"/{TRAINING}").content.decode()
    assert not any(example["why"].split(":")[0] in before for example in EXAMPLES)
    first = ben.api("GET", TRAINING)["claim"]
    assert set(first) == {"id", "text", "start", "end", "exact"}
    told = ben.api("POST", f"{TRAINING}answers/", {"claim": first["id"], "label": "opinion"}, want=201)
    assert not told["right"] and told["gold_label"] == "attributed_statement" and told["why"]
    ben.api("POST", f"{TRAINING}answers/", {"claim": first["id"], "label": "opinion"}, want=409)
    edited = {**EXAMPLES[0], "label": "opinion", "content_kind": "", "why": "Changed."}
    assert ann.browser.post(f"{GOLD}{first['id']}/", edited).status_code == 302
    page = ben.browser.get(f"/{TRAINING}?told").content.decode()
    assert "Different" in page and "Changed." not in page and EXAMPLES[0]["rule"] in page


def test_a_round_goes_on_by_forms_alone() -> None:
    ben = trained_team().ben
    first = ben.browser.get(f"/{TRAINING}").context["shown"]
    page = ben.browser.post(f"/{TRAINING}", {"claim": first.pk, "label": ""})
    assert page.status_code == 400 and "Choose a label first." in page.content.decode()
    # A kind that was chosen before another label is not asked for.
    answer = {"claim": first.pk, "label": "opinion", "content_kind": "fact"}
    page = ben.browser.post(f"/{TRAINING}", answer, follow=True)
    assert page.context["told"].claim == first and page.context["told"].content_kind is None
    assert ben.browser.get(f"/{TRAINING}").context["number"] == 2
    # Sent twice, from a page that was left open.
    page = ben.browser.post(f"/{TRAINING}", answer)
    assert page.status_code == 409 and page.context["chosen"] == {} and page.context["shown"] != first
    while shown := ben.browser.get(f"/{TRAINING}").context["shown"]:
        ben.browser.post(f"/{TRAINING}", {"claim": shown.pk, "label": shown.label})
    assert "See how it went" in ben.browser.get(f"/{TRAINING}?told").content.decode()
    page = ben.browser.get(f"/{TRAINING}").content.decode()
    assert "11 of 12" in page and "Begin the real work" in page


def test_rounds_are_kept_and_are_each_members_own() -> None:
    desk = trained_team()
    ann, ben, cleo = desk.ann, desk.ben, desk.cleo
    empty = cleo.send("GET", TRAINING).content, cleo.api("GET", "projects/desk/events/")
    go_through(ben, "opinion")
    assert "Where you answered differently" in ben.browser.get(f"/{TRAINING}").content.decode()
    assert ben.browser.post(f"/{TRAINING}begin/").status_code == 302
    assert go_through(ben)["round"] == 2
    assert (cleo.send("GET", TRAINING).content, cleo.api("GET", "projects/desk/events/")) == empty
    assert cleo.browser.get(GOLD).status_code == 403
    page = ann.browser.get(GOLD)
    last = {one.name: one.round for one in page.context["trainees"]}
    rounds = {name: one and (one.number, one.right, one.given) for name, one in last.items()}
    assert rounds == {"ann": None, "ben": (2, 12, 12), "cleo": None}
    most = page.context["missed"][0]
    assert (most.label, most.wrong, most.given) == ("attributed_statement", 1, 2)
    assert "Most often answered differently" in page.content.decode()


def test_a_manager_changes_the_gold_claims() -> None:
    ann = trained_team().ann
    gold = {"text": "A a", "exact": "b", "label": "opinion", "why": "So."}
    assert "do not stand in the passage" in ann.browser.post(GOLD, gold).content.decode()
    assert "more than once" in ann.browser.post(GOLD, {**gold, "text": "b b"}).content.decode()
    ids = ann.browser.get(GOLD).context["claims"]
    assert ann.browser.post(f"{GOLD}{ids[1].pk}/move/", {"to": "up"}).status_code == 302
    assert ann.browser.get(GOLD).context["claims"][0] == ids[1]
    for claim in ids[1:]:
        assert ann.browser.post(f"{GOLD}{claim.pk}/remove/").status_code == 302
    assert ann.browser.post(f"{GOLD}{ids[0].pk}/remove/").status_code == 409


@given(st.text(), st.text("ab🎉é́قال", min_size=1), st.text())
def test_words_are_found_in_code_points_or_refused(before: str, exact: str, after: str) -> None:
    text = before + exact + after
    try:
        start, end = place(text, exact)
    except PlacingError:
        assert any(text.startswith(exact, at) for at in range(len(text)) if at != len(before))
    else:
        assert text[start:end] == exact
