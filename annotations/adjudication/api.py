"""Endpoints of decisions, and of what a new version of the codebook asks to look at again."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.adjudication.models import Decision, SecondLook
from annotations.adjudication.second_looks import Reason, waiting
from annotations.adjudication.services import decide, keep_label
from annotations.claims.models import Claim, ContentKind, LabelValue, Status
from annotations.claims.queries import claim_for
from annotations.codebooks.changes import CHANGED, NEW, VANISHED
from annotations.labelling.api import AttributionField
from annotations.projects.access import Action, require
from annotations.projects.queries import membership_in
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


class ReasonOut(serializers.Serializer[Any]):
    """Why a claim is to be looked at again: a rule that is not as it was (empty where new rules ask), and the label."""

    rule = serializers.CharField()
    change = serializers.ChoiceField(choices=[CHANGED, VANISHED, NEW])
    label = serializers.ChoiceField(choices=LabelValue.choices)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class


class AskedOut(serializers.Serializer[Any]):
    """A closed claim that the version in force asks to look at again."""

    claim = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    label = serializers.ChoiceField(choices=LabelValue.choices, allow_null=True)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    reasons = ReasonOut(many=True)


class KeepIn(serializers.Serializer[Any]):
    """Why the label stays, where somebody wants to say so."""

    reason = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class SecondLookOut(serializers.Serializer[Any]):
    """Who looked at a claim again, and under which version of the codebook."""

    claim = serializers.CharField()
    codebook_version = serializers.CharField()
    outcome = serializers.ChoiceField(choices=SecondLook.Outcome.choices)
    reason = serializers.CharField()
    looked_by = serializers.CharField()
    looked_at = serializers.DateTimeField()


class SecondLookList(ApiView):
    """What the version of the codebook in force asks to look at again."""

    ordering = ("article__created_at", "start", "end", "id")

    @extend_schema(operation_id="second_look_list", responses=AskedOut(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Closed claims that nobody has looked at again yet, in the order of articles and text."""
        asked, claims = waiting(request.user, membership_in(request.user, slug).project)
        return self.page(claims, lambda claim: asked_out(claim, asked.of([claim.pk]).get(claim.pk, [])))


class ClaimSecondLook(ApiView):
    """Looking again."""

    @extend_schema(operation_id="label_keep", request=KeepIn, responses={201: SecondLookOut})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Say that the label stays under the version of the codebook in force."""
        require(claim_for(request.user, id).role, Action.DECIDE)
        return Response(second_look_out(keep_label(request.user, claim_id=id, **self.body(KeepIn))), status=201)


def asked_out(claim: Claim, reasons: list[Reason]) -> dict[str, Any]:
    """A claim and why it is to be looked at again, as the API shows it."""
    return {
        "claim": str(claim.pk),
        "status": claim.status,
        "label": claim.label,
        "reasons": [reason._asdict() for reason in reasons],
    }


def second_look_out(look: SecondLook) -> dict[str, Any]:
    """The look as the API shows it."""
    return {
        "claim": str(look.claim_id),
        "codebook_version": look.codebook.version,
        "outcome": look.outcome,
        "reason": look.reason,
        "looked_by": look.looked_by.get_username(),
        "looked_at": look.looked_at,
    }
