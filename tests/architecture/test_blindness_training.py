"""The two worlds where the training is on: nobody below managers is told of what others answered there."""

import pytest

from annotations.projects.services import edit_project
from annotations.training.queries import gold_claims
from tests.architecture.telling import check_equal, snapshot
from tests.architecture.test_blindness import Scene, prepared

pytestmark = pytest.mark.django_db(transaction=True)
ROUTES = r"training|queue|events/|log/|notifications|members/|projects/<slug:slug>/$|^articles/<uuid:id>/$|/label/$"
READ = ("viewer", "reviewer", "adjudicator")


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """The world with the training on; the reviewer has begun a round, the adjudicator has none."""
    scene = prepared()
    edit_project(scene.world.desk.ann, slug=scene.world.slug, changes={"training": True})
    scene.world.people["reviewer"].api("POST", f"projects/{scene.world.slug}/training/")
    return scene


def others_answer(scene: Scene, label: str) -> None:
    """Ben and cleo go through the round."""
    for name in ("ben", "cleo"):
        person, training = scene.other(name), f"projects/{scene.world.slug}/training/"
        person.api("POST", training)
        while following := person.api("GET", training)["claim"]:
            person.api("POST", f"{training}answers/", {"claim": following["id"], "label": label}, want=201)


def test_nothing_moves_with_answers_of_others(scene: Scene) -> None:
    assert gold_claims(scene.world.desk.project).exists()
    before = snapshot(scene.world, READ, ("reviewer",), ROUTES)
    others_answer(scene, "opinion")
    answered = snapshot(scene.world, READ, ("reviewer",), ROUTES)
    check_equal(before, answered)
    others_answer(scene, "verifiable_fact")
    check_equal(answered, snapshot(scene.world, READ, ("reviewer",), ROUTES))


def test_managers_are_told(scene: Scene) -> None:
    others_answer(scene, "opinion")
    page = scene.world.people["manager"].browser.get(f"/projects/{scene.world.slug}/training/gold/")
    assert {one.name for one in page.context["trainees"] if one.round} >= {"ben", "cleo"}
