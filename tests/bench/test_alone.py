"""What psycopg sends alone is what the product sends: the same statements, with the same effect."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.accounts.models import User
from annotations.accounts.services import create_token
from annotations.audit.models import Event
from annotations.labelling.models import Label
from annotations.projects.models import Project
from tests.bench.alone import Saves, replayed, saved
from tests.bench.inside import asked, saving
from tests.personas import Team, team

pytestmark = pytest.mark.django_db(transaction=True)
UNITS = ["The harbour wall at Kalda reopened in May.", "It is a disgrace."]
PLACE = re.compile(r"%(?:\\\(\w+\\\))?s")  # as re.escape leaves it


@pytest.fixture
def desk() -> Team:
    return team(ben="reviewer")


@pytest.fixture
def database() -> str:
    at = connection.settings_dict
    return f"host={at['HOST']} port={at['PORT']} user={at['USER']} dbname={at['NAME']}"


def lot(desk: Team, article: str, claims: list[str]) -> Saves:
    project, ben = Project.objects.get(slug=desk.slug), User.objects.get(username="ben")
    places = tuple((claim, article) for claim in claims)
    return Saves(saving(), ben.pk, create_token(ben)[1], project.pk, str(project.codebook_id), places)


def test_a_save_sends_the_statements_that_the_bench_sends(desk: Team) -> None:
    _, [claim, _] = desk.opened(" ".join(UNITS), UNITS)
    assert desk.ben.key
    with CaptureQueriesContext(connection) as captured:
        desk.ben.api("PUT", f"claims/{claim}/label/", {"label": "opinion"})
    sent = [query["sql"] for query in captured if query["sql"] not in ("BEGIN", "COMMIT")]
    templates = list(saving().values())
    assert len(sent) == len(templates), sent
    for statement, template in zip(sent, templates, strict=True):
        assert re.fullmatch(PLACE.sub(".*", re.escape(template)), statement, re.DOTALL), (template, statement)


@pytest.mark.parametrize("prepared", [False, True])
def test_a_save_alone_leaves_what_a_save_leaves(desk: Team, database: str, prepared: bool) -> None:
    article, claims = desk.opened(" ".join(UNITS), UNITS)
    again = [claims[0], *claims]
    measured = saved(database, [lot(desk, article, again)], prepared=prepared)
    assert len(measured.times) == 3
    assert [label.version for label in Label.objects.order_by("claim_id")] == [2, 1]
    assert Event.objects.filter(verb="label.saved", hidden=True).count() == 3
    assert desk.ben.api("GET", f"claims/{claims[0]}/label/")["label"] == "verifiable_fact"


def test_saves_side_by_side_are_all_stored(desk: Team, database: str) -> None:
    article, claims = desk.opened(" ".join(UNITS), UNITS)
    whole = lot(desk, article, claims)
    measured = saved(database, [whole, whole, whole], prepared=True)
    assert len(measured.times) == 6
    assert [label.version for label in Label.objects.all()] == [3, 3]


def test_what_a_replay_writes_is_gone(desk: Team, database: str) -> None:
    question = {"method": "POST", "path": f"/api/v1/projects/{desk.slug}/articles/", "body": {"text": UNITS[0]}}
    statements = asked([{**question, "token": desk.boss.key["Authorization"].removeprefix("Token ")}])
    assert any("annotations_claim" in statement for statement in statements)
    assert len(replayed(database, statements, times=3, writes=True).times) == 3
    assert desk.boss.every(f"projects/{desk.slug}/articles/") == []
