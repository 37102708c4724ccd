"""How long a reviewer was active on a claim: stored with what they said then, no content, hidden like a label."""

from typing import Any

import pytest

from annotations.claims.models import Claim
from annotations.labelling.models import LabelRevision
from annotations.labelling.services import close_article
from tests.factories.claims import Desk, desk, opened
from tests.personas import Person


@pytest.fixture
def at(db: None) -> Desk:
    return desk()


def put(at: Desk, claim: Claim, *, name: str = "ben", want: int = 200, **more: Any) -> Any:
    return Person(at.people[name]).api("PUT", f"claims/{claim.pk}/label/", {"label": "opinion", **more}, want=want)


def test_they_are_kept_with_the_revision(at: Desk) -> None:
    claim, *_ = opened(at)
    assert put(at, claim, seconds=41)["seconds"] == 41
    assert put(at, claim, rationale="A judgement.", seconds=60)["seconds"] == 60
    assert put(at, claim, rationale="More.")["seconds"] is None
    assert list(LabelRevision.objects.order_by("number").values_list("seconds", flat=True)) == [41, 60, None]
    assert Person(at.ben).api("GET", f"claims/{claim.pk}/label/")["seconds"] is None


def test_the_same_content_after_more_time_is_no_new_revision(at: Desk) -> None:
    claim, *_ = opened(at)
    first = put(at, claim, seconds=5)
    assert put(at, claim, seconds=50) == first
    assert LabelRevision.objects.count() == 1


@pytest.mark.parametrize("seconds", [-1, 86_401, "long", 1.5])
def test_a_day_at_most(at: Desk, seconds: Any) -> None:
    claim, *_ = opened(at)
    assert list(put(at, claim, seconds=seconds, want=400)["errors"]) == ["seconds"]
    assert put(at, claim, seconds=86_400)["seconds"] == 86_400


def test_others_learn_them_when_labelling_has_closed(at: Desk) -> None:
    claim, *_ = opened(at)
    put(at, claim, seconds=41)
    put(at, claim, name="cleo", seconds=77)
    path = f"claims/{claim.pk}/labels/"
    assert [found["seconds"] for found in Person(at.cleo).every(path)] == [77]
    close_article(at.ann, article_id=claim.article_id)
    assert [found["seconds"] for found in Person(at.cleo).every(path)] == [41, 77]
