"""Comments, through the API and on the page of a claim."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from annotations.discussion.models import Comment, EarlierText
from annotations.projects.services import change_role
from tests.factories.claims import Desk, desk, fact, opened
from tests.personas import Person
from tests.verification.pages import main, path_of, post, read, section, words


@pytest.fixture
def at(db: None) -> Desk:
    return desk()


def said(at: Desk, name: str, text: str) -> dict[str, Any]:
    """A comment on a new claim, as the API tells of it, with the claim's row."""
    claim = fact(at)
    path = f"claims/{claim.pk}/comments/"
    return {**Person(at.people[name]).api("POST", path, {"text": text}, want=201), "claim": claim}


def test_a_comment_names_whom_it_mentions(at: Desk) -> None:
    told = said(at, "ben", "  Look, @Cleo and @zoe.  ")
    assert (told["author"], told["text"], told["version"]) == ("ben", "Look, @Cleo and @zoe.", 1)
    assert (told["mentions"], told["unknown_mentions"]) == (["cleo"], ["zoe"])
    assert [one["id"] for one in Person(at.vic).every(f"claims/{told['claim'].pk}/comments/")] == [told["id"]]


def test_an_edit_keeps_the_text_before(at: Desk) -> None:
    told, ben = said(at, "ben", "One."), Person(at.ben)
    path = f"comments/{told['id']}/"
    edited = ben.api("PATCH", path, {"text": "Two."}, if_match='"1"')
    assert (edited["text"], edited["version"]) == ("Two.", 2)
    assert [(one["version"], one["text"], one["written_at"]) for one in edited["earlier"]] == [
        (1, "One.", told["created_at"])
    ]
    assert ben.api("PATCH", path, {"text": "Two."})["version"] == 2
    stale = ben.api("PATCH", path, {"text": "Three."}, want=412, if_match='"1"')
    assert stale["current"] == {"version": 2, "text": "Two."}
    assert ben.api("PATCH", path, {"text": " "}, want=400)["errors"]["text"]
    Person(at.ann).api("PATCH", path, {"text": "Not mine."}, want=403)


def test_a_removed_comment_leaves_a_marker_and_no_words(at: Desk) -> None:
    told, ben, ann = said(at, "ben", "A hasty word."), Person(at.ben), Person(at.ann)
    path = f"comments/{told['id']}/"
    ben.api("PATCH", path, {"text": "Another hasty word."})
    Person(at.dora).api("DELETE", path, want=403)
    ann.api("DELETE", path, want=204)
    left = ben.api("GET", path)
    assert (left["text"], left["removed_by"], left["earlier"]) == ("", "ann", [])
    assert not EarlierText.objects.exists()
    ben.api("PATCH", path, {"text": "Again."}, want=409)
    ben.api("DELETE", path, want=409)
    page = read(at, path_of(told["claim"]), "vic")
    assert "Removed by ann" in section(page, "discussion") and "hasty" not in page


def test_who_lost_the_right_to_speak_cannot_edit(at: Desk) -> None:
    told = said(at, "ben", "One.")
    change_role(at.ann, slug="desk", username="ben", role="viewer")
    Person(at.ben).api("PATCH", f"comments/{told['id']}/", {"text": "Two."}, want=403)
    assert "Edit" not in section(read(at, path_of(told["claim"]), "ben"), "discussion")


def test_an_open_claim_is_not_discussed(at: Desk) -> None:
    [claim] = opened(at, "It rained.")
    Person(at.ben).api("POST", f"claims/{claim.pk}/comments/", {"text": "Did it?"}, want=409)
    Person(at.ben).api("GET", f"claims/{claim.pk}/comments/", want=409)
    Person(at.vic).api("GET", f"claims/{claim.pk}/comments/", want=404)
    assert 'id="discussion"' not in read(at, path_of(claim))
    with pytest.raises(IntegrityError, match="comment_after_labelling"), transaction.atomic():
        Comment.objects.create(claim=claim, author=at.ben, text="Past the service.")


def test_the_page_draws_words_as_words(at: Desk) -> None:
    claim = fact(at)
    page = post(at, path_of(claim, "comments/"), text="<b>@cleo</b> & @zoe")
    assert '&lt;b&gt;<bdi class="mention">@cleo</bdi>&lt;/b&gt; &amp; @zoe' in main(page)
    assert "Nobody here is called zoe" in page and "Your comment is there." in page
    assert "your comment" not in section(read(at, path_of(claim), "vic"), "discussion").lower()


def test_the_page_keeps_what_was_refused(at: Desk) -> None:
    claim = fact(at)
    assert "x" * 5001 in post(at, path_of(claim, "comments/"), want=400, text="x" * 5001)
    post(at, path_of(claim, "comments/"), text="One.")
    comment = Comment.objects.get()
    edit = f"/comments/{comment.pk}/edit/"
    assert "edited" in section(post(at, edit, text="Two.", version=1), "discussion")
    stale = post(at, edit, want=412, text="Three.", version=1)
    assert "another window" in words(stale) and ">\nThree.</textarea>" in stale
    assert "Three." in section(post(at, edit, text="Three.", version=2), "discussion")
    assert "2 earlier texts" in section(read(at, path_of(claim), "vic"), "discussion")
    assert "Removed by ben" in section(post(at, f"/comments/{comment.pk}/remove/"), "discussion")


def test_the_log_tells_that_and_not_what(at: Desk) -> None:
    told = said(at, "ben", "Between us.")
    Person(at.ann).api("DELETE", f"comments/{told['id']}/", want=204)
    log = Person(at.vic).api("GET", "projects/desk/events/?limit=2")["results"]
    assert [(one["verb"], one["data"]) for one in log] == [
        ("comment.removed", {"username": "ben"}),
        ("comment.written", {}),
    ]
