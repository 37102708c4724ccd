"""Endpoints of verdicts: proposing, taking back, approving, sending back."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.claims.queries import claim_for
from annotations.projects.access import Action, require
from annotations.verification import services
from annotations.verification.models import ATTRIBUTION_VERDICTS, CONTENT_VERDICTS, Aspect, Verdict
from annotations.verification.queries import verdict_for, visible_verdicts
from annotations.verification.retracting import take_back_verdict
from annotations.web.api import ApiView


class VerdictIn(serializers.Serializer[Any]):
    """The answer for one aspect; of a compound claim's content for one part."""

    aspect = serializers.ChoiceField(choices=Aspect.choices)
    part: serializers.Field[Any, Any, Any, Any] = serializers.UUIDField(required=False, allow_null=True)
    verdict = serializers.ChoiceField(choices=[*ATTRIBUTION_VERDICTS, *CONTENT_VERDICTS])
    explanation = serializers.CharField(max_length=20_000)
    as_of = serializers.DateField()
    search_note = serializers.CharField(max_length=20_000, required=False, allow_blank=True)


class ApprovalIn(serializers.Serializer[Any]):
    """What was looked at before approving."""

    checked = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="The project's checklist, every sentence of it.",
    )


class VerdictOut(VerdictIn):
    """A verdict and how it stands."""

    id = serializers.CharField()
    part = serializers.CharField(allow_null=True)
    claim = serializers.CharField()
    status = serializers.ChoiceField(choices=Verdict.State.choices)
    claim_status = serializers.CharField()
    proposed_by = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    reviewed_by = serializers.CharField(allow_null=True)
    reviewed_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()
    checked = serializers.ListField(child=serializers.CharField(), help_text="What was ticked when it was approved.")


class ReasonIn(serializers.Serializer[Any]):
    """What has to change."""

    reason = serializers.CharField(max_length=5000)


def verdict_out(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the API shows it."""
    names = (
        "aspect",
        "verdict",
        "explanation",
        "as_of",
        "search_note",
        "status",
        "proposed_at",
        "reviewed_at",
        "checked",
    )
    return {
        "id": str(verdict.pk),
        "claim": str(verdict.claim_id),
        "part": str(verdict.part_id) if verdict.part_id else None,
        "claim_status": verdict.claim.status,
        "proposed_by": verdict.proposed_by.get_username(),
        "reviewed_by": verdict.reviewed_by.get_username() if verdict.reviewed_by else None,
        "reason": verdict.review_reason,
        **{name: getattr(verdict, name) for name in names},
    }


class VerdictList(ApiView):
    """The verdicts on a claim."""

    ordering = ("proposed_at", "id")

    @extend_schema(operation_id="verdict_list", responses=VerdictOut(many=True))
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """Every verdict ever proposed, oldest first."""
        claim = claim_for(request.user, id)
        rows = visible_verdicts(request.user).filter(claim=claim).select_related("claim", "proposed_by", "reviewed_by")
        return self.page(rows, verdict_out)

    @extend_schema(operation_id="verdict_propose", request=VerdictIn, responses={201: VerdictOut})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Propose the answer for one aspect."""
        require(claim_for(request.user, id).role, Action.PROPOSE_VERDICT)
        body = self.body(VerdictIn)
        verdict = services.propose_verdict(request.user, claim_id=id, part_id=body.pop("part", None), **body)
        return Response(verdict_out(verdict), status=201)


class VerdictApprove(ApiView):
    """Approving."""

    @extend_schema(operation_id="verdict_approve", request=ApprovalIn, responses=VerdictOut)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Approve somebody else's verdict."""
        verdict = verdict_for(request.user, id)
        require(claim_for(request.user, verdict.claim_id).role, Action.REVIEW_VERDICT)
        return Response(verdict_out(services.approve_verdict(request.user, verdict_id=id, **self.body(ApprovalIn))))


class VerdictRequestChanges(ApiView):
    """Sending back."""

    @extend_schema(operation_id="verdict_request_changes", request=ReasonIn, responses=VerdictOut)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Send a proposed verdict back with a reason."""
        verdict = verdict_for(request.user, id)
        require(claim_for(request.user, verdict.claim_id).role, Action.REVIEW_VERDICT)
        return Response(verdict_out(services.request_changes(request.user, verdict_id=id, **self.body(ReasonIn))))


class VerdictTakeBack(ApiView):
    """Taking back."""

    @extend_schema(operation_id="verdict_take_back", request=None, responses=VerdictOut)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Take my own verdict back before anybody has reviewed it."""
        return Response(verdict_out(take_back_verdict(request.user, verdict_id=id)))
