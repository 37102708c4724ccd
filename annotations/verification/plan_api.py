"""Endpoint of a claim's plan: who checks it, how urgent it is, by when."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.claims.queries import claim_for
from annotations.projects.access import Action, require
from annotations.verification.models import Plan, Priority
from annotations.verification.planning import check_plannable, plan_check, plan_of, plan_values
from annotations.web.api import ApiView, etagged, require_if_match


class PlanIn(serializers.Serializer[Any]):
    """Who checks the claim (a name, null for nobody), how urgent it is, by when."""

    assignee = serializers.CharField(max_length=150, required=False, allow_null=True)
    priority = serializers.ChoiceField(choices=[one.name.lower() for one in Priority], required=False)
    due_on = serializers.DateField(required=False, allow_null=True)


class PlanOut(PlanIn):
    """A plan; that of a claim which was never planned has version 0."""

    version = serializers.IntegerField()


class ClaimPlan(ApiView):
    """The plan of a claim's checking."""

    reads_need_a_state = True

    @extend_schema(operation_id="plan_read", responses=PlanOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """Who checks the claim, how urgent it is, by when."""
        claim = claim_for(request.user, id)
        check_plannable(claim)
        return _answer(plan_of(claim))

    @extend_schema(operation_id="plan_change", request=PlanIn(partial=True), responses=PlanOut)
    def patch(self, request: ApiRequest, id: UUID) -> Response:
        """Change what is named; `If-Match` is needed, `"0"` for a claim that was never planned."""
        require(claim_for(request.user, id).role, Action.TAKE_CLAIM)
        version = require_if_match(request)
        return _answer(plan_check(request.user, claim_id=id, version=version, **self.body(PlanIn)))


def _answer(plan: Plan) -> Response:
    return etagged(Response(plan_values(plan)), plan.version)
