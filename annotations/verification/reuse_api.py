"""Endpoints of claims that read alike."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.claims.queries import claim_for
from annotations.projects.access import Action, require
from annotations.verification.reuse import Alike, linked, offered, say_likeness
from annotations.verification.verdict_api import VerdictOut, verdict_out
from annotations.web.api import ApiView


class LikenessIn(serializers.Serializer[Any]):
    """A claim that was checked, and whether it says the same."""

    other = serializers.UUIDField()
    same = serializers.BooleanField()


class AlikeOut(serializers.Serializer[Any]):
    """A claim that was checked, with its verdicts."""

    claim = serializers.CharField()
    project = serializers.CharField()
    proposition = serializers.CharField()
    status = serializers.CharField()
    likeness = serializers.FloatField(help_text="Of 1, where the texts are the same.")
    verdicts = VerdictOut(many=True)


class AlikesOut(serializers.Serializer[Any]):
    """What was linked, and what is offered."""

    linked = AlikeOut(many=True)
    offered = AlikeOut(many=True)


def alike_out(alike: Alike) -> dict[str, Any]:
    """The claim as the API shows it."""
    return {
        "claim": str(alike.claim.pk),
        "project": alike.claim.project.slug,
        "proposition": alike.claim.proposition or alike.claim.exact,
        "status": alike.claim.status,
        "likeness": round(alike.likeness, 4),
        "verdicts": [verdict_out(verdict) for verdict in alike.verdicts],
    }


class ClaimLikenesses(ApiView):
    """Claims that were checked and read alike."""

    @extend_schema(operation_id="claim_likenesses", responses=AlikesOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """Those that somebody linked, and those that are offered."""
        claim = claim_for(request.user, id)
        groups = {"linked": linked(request.user, claim), "offered": offered(request.user, claim)}
        return Response({name: [alike_out(each) for each in found] for name, found in groups.items()})

    @extend_schema(operation_id="claim_say_likeness", request=LikenessIn, responses={201: LikenessIn})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Link a claim that says the same, or dismiss one that does not."""
        require(claim_for(request.user, id).role, Action.PROPOSE_VERDICT)
        body = self.body(LikenessIn)
        made = say_likeness(request.user, claim_id=id, other_id=body["other"], same=body["same"])
        return Response({"other": str(made.other_id), "same": made.same}, status=201)
