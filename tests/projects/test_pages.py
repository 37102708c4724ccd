"""Members, invitations and settings as pages: who may, what is kept, what is refused and how it is said."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from annotations.accounts.models import User
from annotations.projects.models import Invitation, Membership, Project
from annotations.projects.services import edit_project
from tests.personas import Person, Team, team

pytestmark = pytest.mark.django_db
PASSWORD = "wertz-uiop-77"
HOME = "/projects/desk/"


@pytest.fixture
def at() -> Team:
    return team(ben="reviewer", dora="adjudicator", vic="viewer")


def get(person: Person, path: str, *, want: int = 200) -> str:
    """The text of a page."""
    answer = person.browser.get(path)
    assert answer.status_code == want, answer.content.decode()
    return answer.content.decode()


def post(person: Person, path: str, want: int = 200, **data: object) -> str:
    """The text of the answer to a form, after its redirect."""
    answer = person.browser.post(path, data, follow=True)
    assert answer.status_code == want, answer.content.decode()
    return answer.content.decode()


def role_of(name: str) -> str | None:
    return Membership.objects.filter(user__username=name).values_list("role", flat=True).first()


@pytest.mark.parametrize("name", ["ben", "dora", "vic"])
def test_every_member_sees_the_members_and_only_managers_the_forms(at: Team, name: str) -> None:
    text = get(at.people[name], HOME + "members/")
    assert all(f"<bdi>{one}</bdi>" in text for one in at.people)
    assert "member-" not in text and "<select" not in text and "Invite somebody" not in text
    assert "Invite somebody" in get(at.ann, HOME + "members/")


def test_a_manager_adds_changes_and_removes(at: Team) -> None:
    Person.new("eve")
    assert "eve is a member now" in post(at.ann, HOME + "members/add/", username="EVE", role="viewer")
    assert "eve is adjudicator now" in post(at.ann, HOME + "members/eve/role/", role="adjudicator")
    assert role_of("eve") == "adjudicator"
    asked = get(at.ann, HOME + "members/eve/remove/")
    assert "Remove eve from Desk?" in asked and role_of("eve")
    assert "eve is no member any more" in post(at.ann, HOME + "members/eve/remove/")
    assert role_of("eve") is None


@pytest.mark.parametrize(
    ("data", "status", "why"),
    [
        ({"username": "nobody", "role": "viewer"}, 400, "Nobody is called nobody"),
        ({"username": "ben", "role": "viewer"}, 409, "ben is a member already, as reviewer"),
        ({"username": "eve", "role": "emperor"}, 400, "emperor"),
        ({"username": "", "role": "viewer"}, 400, "required"),
    ],
)
def test_adding_refuses_at_the_field_and_keeps_what_was_typed(
    at: Team, data: dict[str, str], status: int, why: str
) -> None:
    text = post(at.ann, HOME + "members/add/", want=status, **data)
    assert why in text
    assert not data["username"] or f'value="{data["username"]}"' in text
    assert Membership.objects.count() == 4


def test_the_last_manager_stays(at: Team) -> None:
    assert "last manager" in post(at.ann, HOME + "members/ann/role/", want=409, role="viewer")
    assert "last manager" in post(at.ann, HOME + "members/ann/remove/", want=409)
    assert role_of("ann") == "manager"


def test_anybody_may_leave_after_being_asked(at: Team) -> None:
    assert "Leave Desk?" in get(at.vic, HOME + "members/vic/remove/")
    assert "no member any more" in post(at.vic, HOME + "members/vic/remove/")
    get(at.vic, HOME + "members/", want=404)


ACTIONS = ["members/add/", "members/invite/", "members/ben/role/", "members/ben/remove/", "settings/"]


@pytest.mark.parametrize("path", ACTIONS)
def test_members_who_manage_nothing_get_403_and_strangers_404(at: Team, path: str) -> None:
    stranger = Person.new("eve")
    data = {"username": "eve", "role": "viewer"}
    for name in ("dora", "vic"):
        post(at.people[name], HOME + path, want=403, **data)
    post(stranger, HOME + path, want=404, **data)
    assert Client().post(HOME + path, data).status_code == 302
    assert Membership.objects.count() == 4 and not Invitation.objects.exists()


def invitation(at: Team, role: str = "reviewer") -> str:
    """The path of a new invitation."""
    text = post(at.ann, HOME + "members/invite/", want=201, role=role)
    [link] = re.findall(r"http://testserver(/invitations/[^<]+)<", text)
    assert link not in get(at.ann, HOME + "members/")
    return str(link)


def test_a_newcomer_joins_by_making_an_account(at: Team) -> None:
    path, newcomer = invitation(at), Client()
    asked = newcomer.get(path).content.decode()
    assert "ann invites you to work on this project as reviewer" in asked and f"/sign-in/?next={path}" in asked
    answer = newcomer.post(path, {"username": "zoe", "password": PASSWORD}, follow=True)
    assert "Welcome to Desk" in answer.content.decode() and role_of("zoe") == "reviewer"
    over = Client().get(path)
    assert over.status_code == 404 and "no longer good" in over.content.decode()


@pytest.mark.parametrize("path", ["members/ben/remove/", "members/ben/role/"])
def test_an_invitation_ends_with_the_right_to_make_it(at: Team, path: str) -> None:
    post(at.ann, HOME + "members/ben/role/", role="manager")
    text = post(at.ben, HOME + "members/invite/", want=201, role="manager")
    [link] = re.findall(r"http://testserver(/invitations/[^<]+)<", text)
    others = invitation(at)
    assert Client().get(link)["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    post(at.ann, HOME + path, role="reviewer")
    assert at.ben.browser.get(link).status_code == 404
    assert Client().get(others).status_code == 200


@pytest.mark.parametrize(
    ("name", "password", "field"),
    [("BEN", PASSWORD, "username"), ("a b", PASSWORD, "username"), ("zoe", "1234", "password"), ("", "", "username")],
)
def test_a_refused_account_leaves_the_invitation_good(at: Team, name: str, password: str, field: str) -> None:
    path = invitation(at)
    answer = Client().post(path, {"username": name, "password": password})
    assert answer.status_code == 400 and f'id="id_{field}_error"' in answer.content.decode()
    assert User.objects.count() == 4 and Client().get(path).status_code == 200


def test_somebody_with_an_account_joins_with_one_button(at: Team) -> None:
    path, eve = invitation(at, "adjudicator"), Person.new("eve")
    assert "Join as eve" in get(eve, path) and role_of("eve") is None
    assert "Welcome to Desk" in post(eve, path)
    assert role_of("eve") == "adjudicator"


def test_a_member_keeps_role_and_link(at: Team) -> None:
    path = invitation(at)
    assert "member already" in post(at.vic, path)
    assert role_of("vic") == "viewer" and Client().get(path).status_code == 200


def test_an_old_or_taken_back_invitation_opens_nothing(at: Team) -> None:
    old, back = invitation(at), invitation(at)
    first, second = Invitation.objects.order_by("created_at")
    Invitation.objects.filter(pk=first.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "taken back" in post(at.ann, f"{HOME}invitations/{second.pk}/revoke/")
    for path in (old, back, "/invitations/never-made/"):
        answer = Client().post(path, {"username": "zoe", "password": PASSWORD})
        assert answer.status_code == 404 and "Ask the person who sent it" in answer.content.decode()
    assert not User.objects.filter(username="zoe").exists()


RULES = {"name": "Desk", "labels_per_claim": 2, "blind": "on", "four_eyes": "on"}


def test_settings_are_saved(at: Team) -> None:
    version = Project.objects.get().version
    changed = {"name": "مكتب", "labels_per_claim": 3, "blind": "", "four_eyes": "on", "version": version}
    assert "Saved." in post(at.ann, HOME + "settings/", **changed)
    project = Project.objects.get()
    assert (project.name, project.labels_per_claim, project.blind, project.four_eyes) == ("مكتب", 3, False, True)


@pytest.mark.parametrize("number", ["0", "21", "two", ""])
def test_a_rule_that_makes_no_sense_is_refused_at_its_field(at: Team, number: str) -> None:
    text = post(at.ann, HOME + "settings/", want=400, **{**RULES, "labels_per_claim": number})
    assert 'id="id_labels_per_claim_error"' in text
    assert Project.objects.get().labels_per_claim == 2


def test_rules_are_shown_as_fixed_once_an_article_is_open(at: Team) -> None:
    at.opened("The bridge fell on Tuesday.")
    text = get(at.ann, HOME + "settings/")
    assert "rules are fixed" in text and len(re.findall("<input[^>]* disabled", text)) == 3
    post(at.ann, HOME + "settings/", name="The desk", labels_per_claim=5, version=Project.objects.get().version)
    project = Project.objects.get()
    assert (project.name, project.labels_per_claim, project.blind) == ("The desk", 2, True)


def test_a_stale_save_shows_both_and_stores_nothing_until_it_is_sent_again(at: Team) -> None:
    read = Project.objects.get().version
    edit_project(at.ann.user, slug="desk", changes={"name": "Theirs", "labels_per_claim": 4})
    text = post(at.ann, HOME + "settings/", want=412, **{**RULES, "name": "Mine", "version": read})
    assert "Theirs" in text and "Mine" in text and "Somebody changed the project" in text
    assert Project.objects.get().name == "Theirs"
    [version] = re.findall(r'name="version" value="(\d+)"', text)
    post(at.ann, HOME + "settings/", **{**RULES, "name": "Mine", "version": version})
    assert Project.objects.get().name == "Mine"
