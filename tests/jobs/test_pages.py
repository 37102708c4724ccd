"""The page of a job: who sees it, what it says at each state, how it is cancelled."""

import pytest

from annotations.jobs import services
from annotations.jobs.models import Job
from annotations.projects.models import Project
from tests.personas import Person, Team, team

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Team:
    return team(ben="reviewer", vic="viewer")


@pytest.fixture
def job(at: Team) -> Job:
    """A job that ben asked for, who was a manager then."""
    return services.enqueue(at.ben.user, project=Project.objects.get().pk, kind="annotations.releases.build", params={})


def page(person: Person, job: Job, *, want: int = 200) -> str:
    answer = person.browser.get(f"/jobs/{job.pk}/")
    assert answer.status_code == want
    return answer.content.decode()


def test_managers_see_it_and_nobody_else_not_even_who_asked(at: Team, job: Job) -> None:
    assert "Making a release" in page(at.ann, job)
    for person in (at.ben, at.vic, Person.new("eve")):
        page(person, job, want=404)
        assert person.browser.post(f"/jobs/{job.pk}/cancel/").status_code == 404
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def test_a_running_job_shows_counts_moves_by_itself_and_can_be_cancelled(at: Team, job: Job) -> None:
    assert "waiting for a worker" in page(at.ann, job)
    taken = services.take(job.pk)
    assert taken and services.advance(taken, done=3, total=12)
    text = page(at.ann, job)
    assert "3 / 12" in text and 'max="12" value="3"' in text
    assert 'http-equiv="refresh"' in text and "js/job.js" in text
    assert "Cancelled." in at.ann.browser.post(f"/jobs/{job.pk}/cancel/", follow=True).content.decode()
    assert not services.advance(taken, done=4, total=12)
    ended = page(at.ann, job)
    assert 'data-state="cancelled"' in ended
    assert 'http-equiv="refresh"' not in ended and "js/job.js" not in ended and "/cancel/" not in ended
    assert at.ann.browser.post(f"/jobs/{job.pk}/cancel/").status_code == 409


def test_a_failed_job_says_what_went_wrong(at: Team, job: Job) -> None:
    taken = services.take(job.pk)
    assert taken
    services.fail(taken, "The disk is <full>.", item="claims.jsonl")
    text = page(at.ann, job)
    assert "claims.jsonl" in text and "The disk is &lt;full&gt;." in text and 'data-state="failed"' in text
