"""Beginning a project, reading its codebook, writing a new version."""

import pytest

from annotations.codebooks.forms import next_version
from annotations.codebooks.models import Codebook
from annotations.projects.models import Project
from tests.personas import Person, Team, team

pytestmark = pytest.mark.django_db
NEW = {
    "version": "1.1.0",
    "language": "en",
    "text": "# Read\n\n**First** <look>.",
    "rules": "F1: A fact.\n\nO1: One: two.",
}
WRITE = "/projects/desk/codebook/new/"


@pytest.fixture
def at() -> Team:
    return team(ben="reviewer", dora="adjudicator", vic="viewer")


def get(person: Person, path: str, *, want: int = 200) -> str:
    """The text of a page."""
    answer = person.browser.get(path)
    assert answer.status_code == want
    return answer.content.decode()


def post(person: Person, path: str, data: dict[str, object], *, want: int = 200) -> str:
    """The text of the answer to a form, after its redirect."""
    answer = person.browser.post(path, data, follow=True)
    assert answer.status_code == want, answer.content.decode()
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "address", "slug"),
    [("The Kalda Bridge!", "", "the-kalda-bridge"), ("جسر", "jisr-2", "jisr-2"), ("x" * 200, "", "x" * 60)],
)
def test_a_project_begins_with_its_maker_and_a_codebook(name: str, address: str, slug: str) -> None:
    ann = Person.new("ann")
    text = post(ann, "/projects/new/", {"name": name, "slug": address, "labels_per_claim": 3, "blind": "on"})
    assert "is ready" in text
    project = Project.objects.get()
    assert (project.slug, project.name, project.blind, project.four_eyes) == (slug, name, True, False)
    assert project.codebook and project.memberships.get().role == "manager"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": "", "labels_per_claim": 2}, "name"),
        ({"name": "جسر", "labels_per_claim": 2}, "slug"),
        ({"name": "Desk", "labels_per_claim": 2}, "slug"),
        ({"name": "Other", "slug": "no spaces", "labels_per_claim": 2}, "slug"),
        ({"name": "Other", "labels_per_claim": 21}, "labels_per_claim"),
    ],
)
def test_a_project_that_cannot_be_is_refused_at_the_field(at: Team, data: dict[str, object], field: str) -> None:
    text = post(at.vic, "/projects/new/", data, want=400)
    assert f'id="id_{field}_error"' in text
    assert not data["name"] or f'value="{data["name"]}"' in text
    assert Project.objects.count() == 1


def test_every_member_reads_the_codebook_and_managers_may_write(at: Team) -> None:
    for person in (at.vic, at.ben, at.dora):
        text = get(person, "/projects/desk/codebook/")
        assert "<strong>Is there no proposition?</strong>" in text and WRITE not in text
        get(person, WRITE, want=403)
        post(person, WRITE, NEW, want=403)
    assert WRITE in get(at.ann, "/projects/desk/codebook/")
    eve = Person.new("eve")
    get(eve, "/projects/desk/codebook/", want=404)
    post(eve, WRITE, NEW, want=404)
    assert Codebook.objects.count() == 1


def test_a_new_version_is_in_force_and_the_old_one_can_be_read(at: Team) -> None:
    begun = get(at.ann, WRITE)
    assert 'value="1.1.0"' in begun and "Take one claim at a time" in begun
    text = post(at.ann, WRITE, NEW)
    assert "<strong>First</strong> &lt;look&gt;." in text and "in force from now on" in text
    assert Project.objects.get().codebook.rules == [{"id": "F1", "text": "A fact."}, {"id": "O1", "text": "One: two."}]
    old = get(at.vic, "/projects/desk/codebook/?version=1.0.0")
    assert "earlier version" in old and "Is there no proposition?" in old
    get(at.vic, "/projects/desk/codebook/?version=7", want=404)


@pytest.mark.parametrize(
    ("change", "status", "why"),
    [
        ({"version": "1.0.0"}, 409, "exists already"),
        ({"version": "one two"}, 400, "Letters, digits"),
        ({"language": "English!"}, 400, "language tag"),
        ({"text": ""}, 400, "required"),
        ({"text": "a\0b"}, 400, "Null characters"),
        ({"rules": "F1 A fact."}, 400, "Line 1 is no rule"),
        ({"rules": "F1: A.\nF1: B."}, 400, "Two rules are called F1"),
        ({"rules": "F 1: A."}, 400, "Line 1 is no rule"),
    ],
)
def test_a_version_that_cannot_be_is_refused_with_everything_kept(
    at: Team, change: dict[str, str], status: int, why: str
) -> None:
    text = post(at.ann, WRITE, {**NEW, **change}, want=status)
    assert why in text
    assert all(value.splitlines()[0] in text for name, value in {**NEW, **change}.items() if value and name != "text")
    assert Codebook.objects.count() == 1


@pytest.mark.parametrize(
    ("version", "following"),
    [("1.0.0", "1.1.0"), ("1.9.3", "1.10.0"), ("2", "3"), ("1.2", "1.3"), ("draft", "draft.1"), ("2026-b", "2026-b.1")],
)
def test_the_next_version_is_suggested(version: str, following: str) -> None:
    assert next_version(version) == following
