"""Somebody who is erased is named nowhere any more, and what they did is all there."""

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection

from annotations.accounts.models import User
from annotations.accounts.services import create_user, set_password
from annotations.audit.models import Event
from annotations.audit.services import record
from annotations.discussion.services import edit_comment, remove_comment, write_comment
from annotations.erasure.services import erase_person
from annotations.errors import WrongState
from annotations.labelling.models import Label
from annotations.projects.models import Membership
from annotations.projects.services import add_member, change_role
from annotations.verification.planning import plan_check
from tests.factories.claims import Desk, desk, disputed, fact
from tests.personas import Person

pytestmark = pytest.mark.django_db
NAME = "Zebedee.Quill"


@pytest.fixture
def at() -> Desk:
    return desk()


@pytest.fixture
def zeb(at: Desk) -> User:
    """A member who left traces of every kind."""
    user = create_user(NAME, email="zebedee@quill.example", password="a long way home")
    add_member(at.ann, slug=at.project.slug, username=NAME, role="viewer")
    change_role(at.ann, slug=at.project.slug, username=NAME, role="adjudicator")
    return user


def mentions_of(name: str) -> list[str]:
    """Every table with a row that holds the name, in any case of letters."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{name}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_nothing_in_the_database_names_them_and_their_work_stays(at: Desk, zeb: User) -> None:
    claim = fact(at)
    comment = write_comment(at.ann, claim_id=claim.pk, text=f"What do you think, @{NAME.lower()}? And @ben?")
    edit_comment(at.ann, comment_id=comment.pk, text=f"Please look, @{NAME}.", version=comment.version)
    own = write_comment(zeb, claim_id=claim.pk, text="I looked.")
    remove_comment(at.ann, comment_id=write_comment(zeb, claim_id=claim.pk, text="Oops.").pk)
    plan_check(at.ann, claim_id=claim.pk, version=0, assignee=NAME, due_on=date(2027, 1, 1))
    Person(zeb).browser.post("/sign-in/", {"username": NAME, "password": "wrong"})
    assert len(mentions_of(NAME)) >= 3
    events = Event.objects.count()

    erased = erase_person(zeb, confirmed=NAME)

    assert mentions_of(NAME) == [] and mentions_of("quill") == []
    assert erased.get_username().startswith("erased-")
    assert Event.objects.count() == events + 2  # left the project, was erased
    comment.refresh_from_db()
    assert comment.text == f"Please look, @{erased.get_username()}."
    own.refresh_from_db()
    assert (own.author_id, own.text) == (zeb.pk, "I looked.")
    assert not Membership.objects.filter(user=zeb).exists()


def test_labels_stay_under_the_new_name(at: Desk) -> None:
    claim = disputed(at)
    erase_person(at.ben, confirmed="ben")
    assert Label.objects.filter(claim=claim, reviewer=at.ben).exists()
    told = Person(at.dora).api("GET", f"claims/{claim.pk}/labels/")["results"]
    assert {one["reviewer"] for one in told} == {User.objects.get(pk=at.ben.pk).get_username(), "cleo"}


def test_the_last_manager_stays_and_is_told_where(at: Desk) -> None:
    with pytest.raises(WrongState, match="The desk"):
        erase_person(at.ann, confirmed="ann")
    at.ann.refresh_from_db()
    assert at.ann.is_active and at.ann.get_username() == "ann"


def test_on_the_page_by_name_and_password(at: Desk, zeb: User) -> None:
    browser = Person(zeb).browser
    answer = browser.post("/account/erase/", {"confirmed": "zebedee", "present": "a long way home"})
    assert answer.status_code == 400 and "exactly as it is" in answer.content.decode()
    answer = browser.post("/account/erase/", {"confirmed": NAME, "present": "something else"})
    assert answer.status_code == 400 and "not your present password" in answer.content.decode()
    answer = browser.post("/account/erase/", {"confirmed": NAME, "present": "a long way home"})
    assert answer.status_code == 200 and "You are erased" in answer.content.decode()
    assert NAME not in answer.content.decode()
    assert browser.get("/account/").status_code == 302
    zeb.refresh_from_db()
    assert not zeb.check_password("a long way home") and not zeb.is_active


def test_tokens_and_other_browsers_end(at: Desk) -> None:
    set_password(at.ben, password="a long way home")
    ben = Person(at.ben)
    elsewhere = Person(at.ben).browser
    assert ben.api("GET", "projects/")["results"]
    erase_person(at.ben, confirmed="ben")
    ben.api("GET", "projects/", want=401)
    assert elsewhere.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("verb", "data", "renamed"),
    [
        ("assignment.moved", {"before": "ben", "after": "cleo"}, {"before": "NEW", "after": "cleo"}),
        ("assignments.balanced", {"shares": {"ben": 3, "cleo": 4}}, {"shares": {"NEW": 3, "cleo": 4}}),
        ("claim.planned", {"before": {}, "after": {"assignee": "ben"}}, {"before": {}, "after": {"assignee": "NEW"}}),
    ],
)
def test_names_in_what_assigning_told(at: Desk, verb: str, data: dict[str, Any], renamed: dict[str, Any]) -> None:
    record(at.ann, verb, at.project, project=at.project.pk, **data)
    new = erase_person(at.ben, confirmed="ben").get_username()
    told = json.dumps(Event.objects.get(verb=verb).data)
    assert json.loads(told.replace(new, "NEW")) == renamed
