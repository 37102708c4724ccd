"""A worker that dies in the middle of an import loses nothing and makes nothing twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from annotations.articles.models import Article
from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.importing import tasks
from annotations.jobs.models import Job
from tests.factories.releases import killed_at
from tests.importing import files
from tests.importing.asking import send
from tests.importing.files import FACT, OPINION, SAID, TEXT
from tests.personas import team

DEATHS = [("import_article", 2), ("add_claims", 1), ("add_claims", 2), ("advance", 3), ("finish", 1), ("record_all", 4)]


@pytest.mark.django_db(transaction=True)
def test_killed_anywhere_and_taken_up_again_makes_everything_once() -> None:
    at = team()
    body = files.label_studio(*(files.task(n, f"{n}. {TEXT}") for n in range(1, 4)))
    for function, nth in DEATHS:
        Claim.objects.all().delete()
        Article.objects.all().delete()
        job = Job.objects.get(pk=send(at.ann, body)["job"])
        assert killed_at(function, nth, f"from annotations.importing import tasks; tasks.bring_in('{job.pk}')"), (
            function
        )
        job.refresh_from_db()
        assert job.state == Job.State.RUNNING, function
        Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=1))
        for _ in range(2):
            tasks.bring_in(str(job.pk))
        job.refresh_from_db()
        assert job.state == Job.State.SUCCEEDED, function
        quotes = Claim.objects.order_by("article__created_at", "start").values_list("exact", flat=True)
        assert list(quotes) == [SAID, FACT, OPINION] * 3, function
        assert (
            Event.objects.filter(verb="import.done", data__file="export").count() == DEATHS.index((function, nth)) + 1
        )
