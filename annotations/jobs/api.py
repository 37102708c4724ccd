"""Endpoints of jobs."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.jobs import services
from annotations.jobs.models import Job
from annotations.jobs.queries import job_for
from annotations.web.api import ApiView


class JobErrorOut(serializers.Serializer[Any]):
    """One item that went wrong."""

    item = serializers.CharField()
    detail = serializers.CharField()


class JobOut(serializers.Serializer[Any]):
    """How a job stands."""

    id = serializers.CharField()
    kind = serializers.CharField()
    state = serializers.ChoiceField(choices=Job.State.choices)
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    errors = JobErrorOut(many=True)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    result = serializers.DictField()


def job_out(job: Job) -> dict[str, Any]:
    """The job as the API shows it."""
    return {
        "id": str(job.pk),
        "kind": job.kind,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "errors": [{**error, "detail": _(error["detail"])} for error in job.errors],
        "result": job.result,
    }


class JobDetail(ApiView):
    """One job."""

    @extend_schema(operation_id="job_read", responses=JobOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """How far the job is."""
        return Response(job_out(job_for(request.user, id)))

    @extend_schema(operation_id="job_cancel", responses={200: JobOut})
    def delete(self, request: ApiRequest, id: UUID) -> Response:
        """Cancel the job."""
        return Response(job_out(services.cancel(request.user, job_id=id)))
