"""Reads of jobs."""

from uuid import UUID

from django.db.models import QuerySet

from annotations.errors import NotVisible
from annotations.jobs.models import Job
from annotations.projects.access import Action, roles_for
from annotations.projects.models import Membership
from annotations.projects.queries import Person


def visible_jobs(user: Person) -> QuerySet[Job]:
    """Jobs of the projects in which the user may see them."""
    of_user = Membership.objects.filter(user_id=user.pk, role__in=roles_for(Action.SEE_JOBS))
    return Job.objects.filter(project__in=of_user.values("project")).select_related("project")


def job_for(user: Person, job_id: UUID) -> Job:
    """The job, or 404."""
    job = visible_jobs(user).filter(pk=job_id).first()
    if job is None:
        raise NotVisible
    return job
