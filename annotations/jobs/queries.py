"""Reads of jobs: one's own, and those of the projects one manages."""

from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.errors import NotVisible
from annotations.jobs.models import Job
from annotations.projects.models import Role
from annotations.projects.queries import Person


def visible_jobs(user: Person) -> QuerySet[Job]:
    """Jobs that the user asked for, or that belong to a project the user manages."""
    mine = Q(requested_by_id=user.pk, project__memberships__user_id=user.pk)
    managed = Q(project__memberships__user_id=user.pk, project__memberships__role=Role.MANAGER)
    return Job.objects.filter(mine | managed).select_related("project").distinct()


def job_for(user: Person, job_id: UUID) -> Job:
    """The job, or 404."""
    job = visible_jobs(user).filter(pk=job_id).first()
    if job is None:
        raise NotVisible
    return job
