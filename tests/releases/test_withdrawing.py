"""A release is taken back once, for a reason that everybody reads; its files stay as they are."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from pytest_django import Settings

from annotations.projects.services import edit_project
from annotations.releases.models import Withdrawal
from tests.factories.claims import Desk, verified
from tests.factories.releases import contents, published
from tests.personas import Person

WHY = "The register was a forgery."


def test_its_page_the_list_the_api_and_the_log_say_why(at: Desk) -> None:
    verified(at)
    release = published(at)
    before = contents(release)
    ann, vic = Person(at.ann).browser, Person(at.vic).browser
    page = f"/releases/{release.pk}/"
    assert "Withdraw it" in ann.get(page).content.decode() and "Withdraw it" not in vic.get(page).content.decode()
    assert ann.post(f"{page}withdraw/", {"reason": WHY}).status_code == 302
    assert WHY in vic.get(page).content.decode() and "Withdraw it" not in ann.get(page).content.decode()
    assert "withdrawn" in vic.get("/projects/desk/releases/").content.decode()
    assert vic.get(f"/api/v1{page}").json()["withdrawn"]["reason"] == WHY
    assert "withdrew a release" in vic.get("/projects/desk/log/").content.decode()
    assert contents(release) == before and vic.get(f"{page}files/claims.csv").status_code == 200


@pytest.mark.parametrize(("reason", "told"), [("  ", "required"), ("x" * 2001, "2000")])
def test_without_a_good_reason_nothing_happens_and_the_words_stay(at: Desk, reason: str, told: str) -> None:
    verified(at)
    release = published(at)
    ann = Person(at.ann).browser
    answer = ann.post(f"/releases/{release.pk}/withdraw/", {"reason": reason})
    assert answer.status_code == 400 and told in answer.content.decode()
    assert reason.strip() in answer.content.decode()
    refused = ann.post(f"/api/v1/releases/{release.pk}/withdraw/", {"reason": reason}, content_type="application/json")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["reason"])
    assert not Withdrawal.objects.exists()


def test_it_cannot_be_done_twice_nor_undone(at: Desk) -> None:
    verified(at)
    release = published(at)
    ann, path = Person(at.ann).browser, f"/api/v1/releases/{release.pk}/withdraw/"
    answers = [ann.post(path, {"reason": why}, content_type="application/json") for why in (WHY, "Again.")]
    assert [answer.status_code for answer in answers] == [200, 409]
    for statement in ("UPDATE annotations_withdrawal SET reason = 'x'", "DELETE FROM annotations_withdrawal"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_its_public_pages_are_gone_and_lead_to_the_later_one(at: Desk, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://desk.example"
    edit_project(at.ann, slug="desk", changes={"public": True})
    claim = verified(at)
    first, second = published(at, title="The first"), published(at, title="The second")
    Person(at.ann).browser.post(f"/releases/{first.pk}/withdraw/", {"reason": WHY})
    for path in ("", f"claims/{claim.pk}/", "files/claims.jsonl"):
        answer = Client().get(f"/public/releases/{first.pk}/{path}")
        assert (answer.status_code, WHY in answer.content.decode()) == (410, True), path
        assert "ld+json" not in answer.content.decode() and "The second" in answer.content.decode()
    assert Client().get(f"/public/releases/{second.pk}/").status_code == 200
    Person(at.ann).browser.post(f"/releases/{second.pk}/withdraw/", {"reason": WHY})
    assert "later release" not in Client().get(f"/public/releases/{second.pk}/").content.decode()
