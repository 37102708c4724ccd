"""The page of a job: how far it is, what went wrong, how to stop it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.requests import PageRequest
from annotations.jobs import services
from annotations.jobs.models import Job
from annotations.jobs.queries import job_for
from annotations.projects.queries import membership_in


@require_safe
@login_required
def job(request: PageRequest, id: UUID) -> HttpResponse:
    """One job with its bar, which moves by itself until the job has ended."""
    found = job_for(request.user, id)
    context = {
        "job": found,
        "ended": found.state in Job.ENDED,
        "membership": membership_in(request.user, found.project.slug),
    }
    return render(request, "annotations/jobs/job.html", context)


@require_POST
@login_required
def job_cancel(request: PageRequest, id: UUID) -> HttpResponse:
    """Stop the job."""
    services.cancel(request.user, job_id=id)
    messages.info(request, _("Cancelled. Nothing of it is left behind."))
    return redirect("job", id)
