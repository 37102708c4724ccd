"""The two worlds: what a reviewer is told must not depend on what the others said, nor on whether they said anything.

Every route of the URL configuration is asked by every kind of reader (`telling`). Then other people act through the
real API, and everything is asked again. Every byte has to be the same, headers included.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db.models import F, Q
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from annotations.claims.models import Claim
from annotations.labelling import queries as labelling
from annotations.labelling import services
from annotations.live import hub
from annotations.live.looking import Look, Place, looks
from annotations.live.models import Presence
from annotations.live.stream import BEAT, frames
from annotations.projects.models import Project
from annotations.verification import queries as verification
from tests.architecture.telling import READERS, WRITERS, Snapshot, check_equal, reader_of, snapshot
from tests.emptying import empty_tables
from tests.factories import claims as made
from tests.factories.world import World, world
from tests.personas import Person

pytestmark = pytest.mark.django_db(transaction=True)
OPEN = ("labelling", "unlabelled", "mine", "handed in")
SECRET = "https://records.example/hidden"


@dataclass(frozen=True)
class Scene:
    """The world with a second open article, and labels of those who read."""

    world: World

    @property
    def open_claims(self) -> list[Claim]:
        return [self.world.things["claim"][state] for state in OPEN]

    def other(self, name: str) -> Person:
        return Person(self.world.desk.people[name])


def prepared() -> Scene:
    """The world, with two open articles in which the readers have labels of their own."""
    built = world()
    claims, articles = built.things["claim"], built.things["article"]
    claims["unlabelled"] = articles["open"].claims.exclude(pk=claims["labelling"].pk).get()
    claims["mine"], claims["handed in"] = made.opened(built.desk, made.FACT, made.QUOTE)
    articles["other open"] = claims["mine"].article
    for state in ("labelling", "handed in"):
        put(built.people["reviewer"], claims[state], "verifiable_fact")
    built.people["reviewer"].api("POST", f"articles/{claims['mine'].article_id}/hand-in/", {"partial": True})
    put(built.people["reviewer"], claims["mine"], "opinion")
    for state in ("unlabelled", "mine"):
        put(built.people["manager"], claims[state], "opinion")
    be_present(built)
    return Scene(built)


def be_present(built: World) -> None:
    """Two of the others have the open articles before them, for as long as a test takes; the project shows it."""
    Project.objects.filter(pk=built.desk.project.pk).update(presence=True)
    for name in ("ben", "cleo"):
        for state in ("open", "other open"):
            article = built.things["article"][state]
            tomorrow = timezone.now() + timedelta(days=1)
            Presence.objects.create(article=article, user=built.desk.people[name], seen_at=tomorrow)


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    return prepared()


@dataclass(frozen=True)
class Story:
    """What everybody was told before others said anything, after they did, and after they said something else."""

    before: Snapshot
    saved: Snapshot
    changed: Snapshot


# Who is asked in `make test`: those from whom labels are hidden and who have work here, of whom one writes; in
# `make soak` everybody.
SOME = (("reviewer", "adjudicator"), ("reviewer",))
ALL = (READERS, WRITERS)


@pytest.fixture(scope="module", params=[SOME, pytest.param(ALL, marks=pytest.mark.soak)], ids=["some", "all"])
def story(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Story:
    with django_db_blocker.unblock():
        told = tell(prepared(), *request.param)
        empty_tables()
    return told


def tell(scene: Scene, readers: Sequence[str], writers: Sequence[str], routes: str = "") -> Story:
    """Others act, and everybody asks before and after; only at addresses that fit `routes`."""
    before = snapshot(scene.world, readers, writers, routes)
    others_save(scene)
    saved = snapshot(scene.world, readers, writers, routes)
    others_say_otherwise(scene)
    others_do_more(scene)
    return Story(before, saved, snapshot(scene.world, readers, writers, routes))


def put(person: Person, claim: Claim, label: str, **more: Any) -> None:
    person.api("PUT", f"claims/{claim.pk}/label/", {"label": label, **more})


def others_save(scene: Scene) -> None:
    """Ben labels every open claim, and cleo those on which nothing was handed in."""
    for claim in scene.open_claims:
        put(scene.other("ben"), claim, "verifiable_fact", confidence=3)
    put(scene.other("cleo"), scene.world.things["claim"]["mine"], "unsure", reason="Cannot tell.")


def others_say_otherwise(scene: Scene) -> None:
    """Everything that a label can say is said differently."""
    for claim in scene.open_claims:
        flag = {"flag": "compound", "start": claim.start, "end": claim.start + 5}
        attribution = {"source_name": "The hidden mayor", "source_kind": "named_person", "cue": "said"}
        attribution |= {"spans": {"source": {"start": claim.start, "end": claim.start + 7}}}
        said = {"content_kind": "evaluation", "attribution": attribution, "flags": ["loaded_language", flag]}
        put(
            scene.other("ben"),
            claim,
            "attributed_statement",
            rationale="Hidden words.",
            confidence=1,
            seconds=77,
            **said,
        )
    put(scene.other("cleo"), scene.world.things["claim"]["mine"], "not_a_claim", reason="A hidden reason.")


def others_do_more(scene: Scene) -> None:
    """Sources and evidence on open claims, words about them that are refused, and a hand-in that closes none."""
    for claim in scene.open_claims:
        evidence = {"url": SECRET, "title": "Hidden", "aspect": "content", "stance": "refutes", "tier": "primary"}
        scene.other("ben").api("POST", f"claims/{claim.pk}/evidence/", {**evidence, "note": "Hidden note."}, want=201)
        scene.other("ben").api("POST", f"claims/{claim.pk}/comments/", {"text": "Is it, @reviewer?"}, want=409)
        scene.other("ben").api("PUT", f"claims/{claim.pk}/parts/", {"parts": ["Hidden.", "Apart."]}, want=409)
    article = scene.world.things["article"]["open"].pk
    scene.other("ben").api("POST", f"articles/{article}/hand-in/", {"partial": True})
    assert Claim.objects.filter(pk__in=[claim.pk for claim in scene.open_claims], status="labelling").count() == 4


def test_others_labels_may_have_any_value(story: Story) -> None:
    check_equal(story.saved, story.changed)


def test_others_labels_may_be_there_or_not(story: Story) -> None:
    check_equal(story.before, story.saved)


def test_a_manager_without_labels_sees_how_far_it_is_but_no_value(scene: Scene) -> None:
    scene.world.people["ann"] = scene.other("ann")
    others_save(scene)
    before = snapshot(scene.world, ["ann"], [])
    others_say_otherwise(scene)
    check_equal(before, snapshot(scene.world, ["ann"], []))


def test_the_stream_does_not_move(scene: Scene) -> None:
    roles = [role for role in READERS if role not in ("signed out", "stranger")]
    readers = [reader_of(scene.world, role) for role in roles]
    before = list(looks([(reader, Place()) for reader in readers]))
    others_save(scene)
    others_say_otherwise(scene)
    others_do_more(scene)
    places = [look.place for look in before if look]
    assert list(looks(list(zip(readers, places, strict=True)))) == [Look(place) for place in places]


def test_an_open_stream_has_nothing_to_say_but_its_beat(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "HEARTBEAT_SECONDS", 0.5)
    monkeypatch.setattr(hub, "SECONDS_BETWEEN_LOOKS", 0.0)
    roles = [role for role in READERS if role not in ("signed out", "stranger")]

    async def listen() -> list[bytes]:
        streams = [frames(reader, None) for reader in readers]
        for stream in streams:
            for _ in range(2):
                await anext(stream)
        for act in (others_save, others_say_otherwise, others_do_more):
            await sync_to_async(act)(scene)
        told = [await anext(stream) for stream in streams for _ in range(3)]
        for stream in streams:
            await stream.aclose()  # type: ignore[attr-defined]
        return told

    readers = [reader_of(scene.world, role) for role in roles]
    assert set(async_to_sync(listen)()) == {BEAT}


def test_presence_follows_from_no_label(scene: Scene) -> None:
    rows = set(Presence.objects.values_list("article", "user", "seen_at"))
    others_save(scene)
    others_say_otherwise(scene)
    others_do_more(scene)
    assert set(Presence.objects.values_list("article", "user", "seen_at")) == rows


def test_closing_shows_what_was_said(scene: Scene) -> None:
    others_save(scene)
    claim, article = scene.world.things["claim"]["mine"], scene.world.things["article"]["other open"]
    for role, seen in {"reviewer": ["reviewer"], "adjudicator": []}.items():
        labels = scene.world.people[role].every(f"claims/{claim.pk}/labels/")
        assert [label["reviewer"] for label in labels] == seen
    scene.other("ann").api("POST", f"articles/{article.pk}/close/")
    for role in ("viewer", "reviewer", "adjudicator", "manager"):
        labels = scene.world.people[role].every(f"claims/{claim.pk}/labels/")
        assert {label["reviewer"] for label in labels} == {"reviewer", "manager", "ben", "cleo"}


def _everything_uncovered(patch: pytest.MonkeyPatch) -> None:
    for module in (labelling, verification):
        patch.setattr(module, "uncovered", lambda *_, **__: Q())


def _events_in_the_open(patch: pytest.MonkeyPatch) -> None:
    for name in ("record", "record_all"):
        written = getattr(services, name)
        patch.setattr(
            services, name, lambda *args, _written=written, **more: _written(*args, **{**more, "hidden": False})
        )


def _versions_that_move(patch: pytest.MonkeyPatch) -> None:
    written = services.record_all

    def moving(actor: Any, happenings: Any, **more: Any) -> None:
        happened = list(happenings)
        Claim.objects.filter(pk__in=[each.claim_id for each in happened]).update(version=F("version") + 1)
        written(actor, happened, **more)

    patch.setattr(services, "record_all", moving)


@pytest.mark.parametrize("broken", [_everything_uncovered, _events_in_the_open, _versions_that_move])
def test_without_the_rule_both_are_red(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, broken: Callable[[pytest.MonkeyPatch], None]
) -> None:
    broken(monkeypatch)
    story = tell(scene, ["reviewer"], [], "claims/|events/|log/")
    for test in (test_others_labels_may_have_any_value, test_others_labels_may_be_there_or_not):
        with pytest.raises(AssertionError, match="reviewer /"):
            test(story)
