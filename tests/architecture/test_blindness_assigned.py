"""The two worlds where work is handed out: queues, the next article and assignments follow no label of anybody's."""

import pytest

from annotations.labelling.assigning import assign
from annotations.labelling.taking import take_next
from annotations.projects.services import edit_project
from tests.architecture.telling import check_equal, snapshot
from tests.architecture.test_blindness import Scene, others_do_more, others_save, others_say_otherwise, prepared
from tests.factories import claims as made

pytestmark = pytest.mark.django_db(transaction=True)
# What handing out work changes; every route is asked where everybody labels everything.
ROUTES = r"queue|assignments|^articles/<uuid:id>/$|/label/$|articles/$|hand-in|projects/<slug:slug>/(log/|events/)?$"
SOME = (("reviewer", "adjudicator"), ("reviewer",))
ALL = (("viewer", "reviewer", "adjudicator", "manager"), ("reviewer", "adjudicator"))


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """The world with work handed out: readers and others hold articles and claims, and one article is to be taken."""
    scene = prepared()
    desk, articles = scene.world.desk, scene.world.things["article"]
    slug = desk.project.slug
    edit_project(desk.ann, slug=slug, changes={"distribution": "assigned"})
    names = ["ben", "cleo", "reviewer"]
    assign(desk.ann, slug=slug, articles=[articles["open"].pk, articles["other open"].pk], reviewers=names)
    made.opened(desk, made.FACT, made.OPINION)
    take_next(desk.dora, slug=slug)
    assign(desk.ann, slug=slug, claims=[scene.world.things["claim"]["mine"].pk], reviewers=["manager"])
    return scene


Asked = tuple[tuple[str, ...], tuple[str, ...]]


@pytest.mark.parametrize("asked", [SOME, pytest.param(ALL, marks=pytest.mark.soak)], ids=["some", "all"])
def test_nothing_moves_with_labels_of_others(scene: Scene, asked: Asked) -> None:
    before = snapshot(scene.world, *asked, ROUTES)
    others_save(scene)
    saved = snapshot(scene.world, *asked, ROUTES)
    check_equal(before, saved)
    others_say_otherwise(scene)
    others_do_more(scene)
    check_equal(saved, snapshot(scene.world, *asked, ROUTES))


def test_a_manager_with_no_place_sees_no_value_and_assignments_tell_her_nothing(scene: Scene) -> None:
    scene.world.people["ann"] = scene.other("ann")
    pages = [f"ann /api/v1/projects/{scene.world.slug}/assignments/", f"ann /projects/{scene.world.slug}/assignments/"]
    before = snapshot(scene.world, ["ann"], [], ROUTES)
    others_save(scene)
    saved = snapshot(scene.world, ["ann"], [], ROUTES)
    assert {page: before[page] for page in pages} == {page: saved[page] for page in pages}
    others_say_otherwise(scene)
    check_equal(saved, snapshot(scene.world, ["ann"], [], ROUTES))
