"""Endpoint of decisions."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.adjudication.models import Decision
from annotations.adjudication.services import decide
from annotations.claims.models import ContentKind, LabelValue
from annotations.claims.queries import claim_for
from annotations.labelling.api import AttributionField
from annotations.projects.access import Action, require
from annotations.web.api import ApiView


class DecisionIn(serializers.Serializer[Any]):
    """A settlement and its reason."""

    label = serializers.ChoiceField(choices=LabelValue.choices)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    content_kind = serializers.ChoiceField(choices=ContentKind.choices, required=False, allow_null=True)
    attribution = AttributionField(required=False, allow_null=True)
    reason = serializers.CharField(max_length=5000)


class DecisionOut(DecisionIn):
    """What was decided, by whom, and how the claim stands now."""

    id = serializers.CharField()
    claim = serializers.CharField()
    adjudicator = serializers.CharField()
    created_at = serializers.DateTimeField()
    status = serializers.CharField()


def decision_out(decision: Decision) -> dict[str, Any]:
    """The decision as the API shows it."""
    return {
        "id": str(decision.pk),
        "claim": str(decision.claim_id),
        "adjudicator": decision.adjudicator.get_username(),
        "label": decision.label,
        "content_kind": decision.content_kind,
        "attribution": decision.attribution,
        "reason": decision.reason,
        "created_at": decision.created_at,
        "status": decision.claim.status,
    }


class ClaimDecision(ApiView):
    """Deciding."""

    @extend_schema(operation_id="decide", request=DecisionIn, responses={201: DecisionOut})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Settle a disputed claim, or what is unsettled of an agreed one."""
        require(claim_for(request.user, id).role, Action.DECIDE)
        return Response(decision_out(decide(request.user, claim_id=id, **self.body(DecisionIn))), status=201)
