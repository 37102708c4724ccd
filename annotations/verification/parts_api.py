"""Endpoint of a claim's parts: what a compound claim says, and how each part was judged."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.claims.queries import claim_for
from annotations.projects.access import Action, require
from annotations.verification.decomposing import LONGEST, decompose_claim
from annotations.verification.models import MOST_PARTS, Part, Verdict
from annotations.verification.parts import visible_parts
from annotations.verification.queries import visible_verdicts
from annotations.verification.verdict_api import VerdictOut, verdict_out
from annotations.web.api import ApiView, etagged, if_match
from annotations.web.schema import IF_MATCH_OPTIONAL


class PartsIn(serializers.Serializer[Any]):
    """The parts in order, each one stand-alone sentence; none makes the claim one again."""

    parts = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST), max_length=MOST_PARTS, allow_empty=True
    )


class PartOut(serializers.Serializer[Any]):
    """A part, with its approved verdict."""

    id = serializers.CharField()
    position = serializers.IntegerField()
    proposition = serializers.CharField()
    verdict = VerdictOut(allow_null=True)


class PartsOut(serializers.Serializer[Any]):
    """The parts of a claim in order."""

    parts = PartOut(many=True)


def part_out(part: Part) -> dict[str, Any]:
    """The part as the API shows it; its approved verdicts were fetched with it."""
    approved = list(part.verdicts.all())
    return {
        "id": str(part.pk),
        "position": part.position,
        "proposition": part.proposition,
        "verdict": verdict_out(approved[0]) if approved else None,
    }


class PartList(ApiView):
    """The parts of a claim."""

    @extend_schema(operation_id="part_list", responses=PartsOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """What a compound claim says, in order, each with its approved verdict; nothing while the claim is open."""
        claim = claim_for(request.user, id)
        return etagged(Response(self._shown(request, id)), claim.version)

    @extend_schema(operation_id="part_set", parameters=[IF_MATCH_OPTIONAL], request=PartsIn, responses=PartsOut)
    def put(self, request: ApiRequest, id: UUID) -> Response:
        """Say what all the parts are; `If-Match` is optional. 409 once a part has evidence or a verdict."""
        require(claim_for(request.user, id).role, Action.PROPOSE_VERDICT)
        version = if_match(request)
        claim, _parts = decompose_claim(request.user, claim_id=id, version=version, **self.body(PartsIn))
        return etagged(Response(self._shown(request, id)), claim.version)

    def _shown(self, request: ApiRequest, id: UUID) -> dict[str, Any]:
        approved = visible_verdicts(request.user).filter(status=Verdict.State.APPROVED).select_related("claim")
        rows = visible_parts(request.user).filter(claim=id)
        return {"parts": [part_out(part) for part in rows.prefetch_related(Prefetch("verdicts", queryset=approved))]}
