"""Where an attribution stands in the text: kept, checked, shown to who may see it, settled where all found the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.models import Claim
from annotations.labelling.models import Label, LabelRevision
from annotations.labelling.places import PARTS, PlaceError, checked_spans, common_spans
from annotations.labelling.settling import Said, settle
from tests.factories.claims import QUOTE, Desk, closed, desk, disputed, fresh, hand_in_all, label, opened, said
from tests.personas import Person

HERE = {"start": 3, "end": 9}
THERE = {"start": 12, "end": 20}


@pytest.fixture
def at(db: None) -> Desk:
    return desk()


def put(at: Desk, claim: Claim, *, want: int = 200, **attribution: Any) -> Any:
    body = {"label": "attributed_statement", "attribution": attribution}
    return Person(at.ben).api("PUT", f"claims/{claim.pk}/label/", body, want=want)


def attributed(**attribution: Any) -> Any:
    return said("attributed_statement", content_kind="fact", attribution=attribution)


class TestSaving:
    def test_spans_come_back_as_they_were_sent(self, at: Desk) -> None:
        _, claim, *_ = opened(at)
        spans = {"source": HERE, "cue": THERE, "content": {"start": claim.start, "end": claim.end}}
        stored = put(at, claim, source_name="Réna Orlu", spans={**spans, "cue": None})
        assert stored["attribution"] == {
            "source_name": "Réna Orlu",
            "spans": {"source": HERE, "content": spans["content"]},
        }
        assert put(at, claim, spans=spans)["attribution"] == {"spans": spans}
        assert Person(at.ben).api("GET", f"claims/{claim.pk}/label/")["attribution"] == {"spans": spans}
        assert put(at, claim, cue="said", spans={})["attribution"] == {"cue": "said"}

    @pytest.mark.parametrize(
        ("spans", "field"),
        [
            ({"source": {"start": 5, "end": 5}}, "source"),
            ({"source": {"start": -1, "end": 5}}, "source"),
            ({"cue": {"start": 0, "end": 10_000}}, "cue"),
            ({"content": {"start": 0}}, "content"),
            ({"content": [0, 5]}, "content"),
            ({"content": {"start": True, "end": 5}}, "content"),
            ({"who": HERE}, "who"),
        ],
    )
    def test_a_wrong_one_is_named(self, at: Desk, spans: Any, field: str) -> None:
        _, claim, *_ = opened(at)
        problem = put(at, claim, spans=spans, want=400)
        assert list(problem["errors"]) == [f"attribution.spans.{field}"]
        assert not Label.objects.exists()

    def test_what_is_no_set_of_spans(self, at: Desk) -> None:
        _, claim, *_ = opened(at)
        assert list(put(at, claim, spans=[1], want=400)["errors"]) == ["attribution.spans"]

    def test_the_form_without_a_script_keeps_them(self, at: Desk) -> None:
        _, claim, *_ = opened(at)
        label(at, claim, ben=attributed(source_name="the mayor", spans={"source": HERE}))
        fields = {"label": "attributed_statement", "source_name": "Réna Orlu"}
        Person(at.ben).browser.post(f"/claims/{claim.pk}/label/", fields)
        stored = LabelRevision.objects.order_by("-number")[0]
        assert stored.attribution == {"source_name": "Réna Orlu", "spans": {"source": HERE}}


class TestSettling:
    def test_other_places_are_no_contradiction_and_only_common_ones_are_settled(self) -> None:
        one = {"source_name": "Réna Orlu", "spans": {"source": HERE, "cue": THERE}}
        other = {"source_name": "réna  orlu", "spans": {"source": THERE, "content": HERE}}
        outcome = settle([Said("attributed_statement", "fact", each) for each in (one, other)], labels_per_claim=2)
        assert outcome.unsettled == []
        assert outcome.attribution == {"source_name": "Réna Orlu", "spans": {"cue": THERE, "content": HERE}}

    def test_other_names_are(self) -> None:
        one, other = ({"source_name": name, "spans": {"source": HERE}} for name in ("the mayor", "Réna Orlu"))
        outcome = settle([Said("attributed_statement", "fact", each) for each in (one, other)], labels_per_claim=2)
        assert (outcome.unsettled, outcome.attribution) == (["attribution"], None)


span = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda pair: {"start": pair[0], "end": sum(pair)})
spans = st.dictionaries(st.sampled_from(PARTS), span)


@given(spans)
def test_well_formed_spans_are_stored_as_they_are_in_one_order(given_spans: Any) -> None:
    stored = checked_spans(given_spans)
    assert stored == given_spans
    assert list(stored) == [name for name in PARTS if name in given_spans]


@given(st.lists(spans, max_size=4))
def test_common_spans_are_what_nobody_gave_otherwise(sets: Any) -> None:
    common = common_spans([{"spans": each} for each in sets])
    for name in PARTS:
        places = [each[name] for each in sets if name in each]
        assert (name in common) == (bool(places) and all(place == places[0] for place in places))


@given(st.recursive(st.none() | st.integers() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=2)))
def test_nonsense_is_refused_with_a_sentence(nonsense: Any) -> None:
    with pytest.raises(PlaceError):
        checked_spans(nonsense)


class TestShowing:
    def test_others_see_the_words_once_labelling_has_closed(self, at: Desk) -> None:
        [claim] = opened(at, QUOTE)
        mayor = claim.start + QUOTE.index("the mayor")
        marked = {"source": {"start": mayor, "end": mayor + 9}}
        flag = {"flag": "loaded_language", "start": claim.start + 1, "end": claim.start + 3}
        content = said("attributed_statement", attribution={"spans": marked}, flags=[flag])
        label(at, claim, ben=content, cleo="opinion")
        dora = Person(at.dora).browser
        assert "Source in the text" not in dora.get(f"/claims/{claim.pk}/").content.decode()
        hand_in_all(at, claim, "ben", "cleo")
        for path in (f"/claims/{claim.pk}/", f"/claims/{claim.pk}/decide/"):
            page = dora.get(path).content.decode()
            assert "Source in the text" in page and "“the mayor”" in page
            assert "loaded language “It”" in page

    def test_a_decision_that_begins_as_a_reviewer_takes_the_places_of_the_words_it_keeps(self, at: Desk) -> None:
        said_by_ben = attributed(source_name="the mayor", cue="said", spans={"source": HERE, "cue": THERE})
        claim = closed(at, QUOTE, ben=said_by_ben, cleo="opinion")
        dora = Person(at.dora).browser
        pages = [dora.post(f"/claims/{claim.pk}/decide/", {"as": name}).content.decode() for name in "AB"]
        [page] = [page for page in pages if 'value="the mayor"' in page]
        marked = page.split('name="marked" value="')[1].split('"')[0].replace("&quot;", '"')
        fields = {"label": "attributed_statement", "source_name": "Réna Orlu", "cue": "said", "reason": "Named."}
        assert dora.post(f"/claims/{claim.pk}/decide/", {**fields, "marked": marked}).status_code == 302
        assert fresh(claim).attribution == {"source_name": "Réna Orlu", "cue": "said", "spans": {"cue": THERE}}

    @pytest.mark.parametrize("marked", ["", "[]", "nonsense", '{"spans": {"source": {"start": 9, "end": 3}}}'])
    def test_nonsense_in_a_hidden_field_is_no_error_of_the_adjudicator(self, at: Desk, marked: str) -> None:
        claim = disputed(at)
        fields = {"label": "attributed_statement", "source_name": "Réna Orlu", "reason": "Named.", "marked": marked}
        answer = Person(at.dora).browser.post(f"/claims/{claim.pk}/decide/", fields)
        assert answer.status_code == (400 if marked == "nonsense" else 302)

    def test_a_decision_is_held_against_the_article(self, at: Desk) -> None:
        claim = disputed(at)
        body = {"label": "attributed_statement", "reason": "Named."}
        beyond = {**body, "attribution": {"spans": {"cue": {"start": 0, "end": 9999}}}}
        problem = Person(at.dora).api("POST", f"claims/{claim.pk}/decision/", beyond, want=400)
        assert list(problem["errors"]) == ["attribution.spans.cue"]
        right = {**body, "attribution": {"spans": {"cue": HERE}}}
        found = Person(at.dora).api("POST", f"claims/{claim.pk}/decision/", right, want=201)
        assert found["attribution"] == {"spans": {"cue": HERE}}
