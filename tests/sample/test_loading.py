"""The sample: loaded once, with all the hard spots, ready for two people to label and a third to decide."""

from io import StringIO

import pytest
from django.core.management import call_command

from annotations.accounts.models import User
from annotations.accounts.services import create_user, set_password
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.opening import warnings
from annotations.codebooks.services import start_project
from annotations.labelling.queries import queue
from annotations.labelling.services import LabelContent, hand_in, save_label
from annotations.projects.models import Project

pytestmark = pytest.mark.django_db


def loaded() -> list[str]:
    """The names that the command prints."""
    out = StringIO()
    call_command("load_sample", stdout=out)
    return out.getvalue().splitlines()


def person(name: str) -> User:
    return User.objects.get(username=name)


def test_it_is_loaded_once_and_prints_who_works_in_it() -> None:
    assert loaded() == ["ann", "ben", "cleo"]
    before = (Claim.objects.count(), Article.objects.count(), Project.objects.count())
    assert loaded() == ["ann", "ben", "cleo"]
    assert (Claim.objects.count(), Article.objects.count(), Project.objects.count()) == before
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_nothing_is_loaded_where_people_work_already() -> None:
    start_project(create_user("ann"), slug="mine", name="Mine")
    assert loaded() == []
    assert Project.objects.count() == 1 and User.objects.count() == 1


def test_who_has_set_a_password_gets_no_more_links() -> None:
    loaded()
    set_password(person("ann"), password="wertz-uiop-77")
    assert loaded() == ["ben", "cleo"]


@pytest.mark.parametrize(
    ("spot", "kind"),
    [
        ("“It is a disgrace that nobody thought of us,” said Ilse Tornquist", "sentence"),  # a quoted opinion
        ("the pier “in acceptable condition”", "sentence"),  # a partial quote
        ("“We were abandoned,” say islanders", "heading"),  # a heading that quotes
        ("A person familiar with the matter, who did not want to be named", "sentence"),  # an unnamed source
        ("The greedy port authority raised its fees by 12 percent", "sentence"),  # a loaded word
        ("“No sailings until further notice ⚓”", "sentence"),  # an emoji
        ("قال يوسف حداد", "sentence"),  # Arabic
        ("She said that insulin", "sentence"),  # a source carried over
        ("Why did nobody close the pier earlier?", "sentence"),  # no claim
    ],
)
def test_every_hard_spot_is_a_unit_to_label(spot: str, kind: str) -> None:
    loaded()
    [claim] = Claim.objects.filter(exact__contains=spot)
    assert (claim.kind, claim.status) == (kind, "labelling")
    assert claim.article.text[claim.start : claim.end] == claim.exact


def test_units_were_cleaned_and_a_draft_waits() -> None:
    loaded()
    article, waiting = Article.objects.order_by("created_at")
    assert (article.status, waiting.status) == ("open", "draft")
    assert not Claim.objects.filter(exact__startswith="Reporting").exists()
    assert Claim.objects.get(exact__startswith="and the ferry").proposition.startswith("The ferry from Port Selvane")
    assert 1800 <= article.length <= 2200 and waiting.claims.count() == 5


def test_two_can_label_at_once_and_the_third_is_left_to_decide() -> None:
    loaded()
    project = Project.objects.get()
    assert warnings(project) == []
    for reviewer, label in (("ben", "opinion"), ("cleo", "verifiable_fact")):
        waiting = list(queue(person(reviewer), project))
        assert len(waiting) == 25
        for claim in waiting:
            save_label(person(reviewer), claim_id=claim.pk, content=LabelContent(label))
        hand_in(person(reviewer), article_id=waiting[0].article_id)
    assert set(Claim.objects.filter(article__status="closed").values_list("status", flat=True)) == {"disputed"}
