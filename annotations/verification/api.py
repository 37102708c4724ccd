"""Endpoints of checking: one claim, its evidence and moves, a project's sources."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.claims.api import ClaimOut, claim_out
from annotations.claims.models import Claim, Status
from annotations.claims.queries import claim_for
from annotations.claims.services import dismiss_claim, resize_claim
from annotations.errors import InvalidInput
from annotations.projects.access import Action, require, require_member
from annotations.projects.queries import membership_in
from annotations.verification import services, transitions
from annotations.verification.checks import possible_moves
from annotations.verification.models import CONTENT_VERDICTS, Aspect, Check
from annotations.verification.moves import edit_proposition, move_claim
from annotations.verification.parts import Derived, derived_in_force
from annotations.verification.queries import visible_evidence, visible_sources
from annotations.verification.source_models import Evidence, Source, Stance, Tier
from annotations.verification.sourcing import add_source
from annotations.web.api import ApiView, etagged, if_match, require_if_match
from annotations.web.schema import IF_MATCH


class CheckOut(serializers.Serializer[Any]):
    """How one aspect stands."""

    aspect = serializers.ChoiceField(choices=Aspect.choices)
    status = serializers.ChoiceField(choices=Status.choices)
    status_since = serializers.DateTimeField()


class DerivedOut(serializers.Serializer[Any]):
    """The content verdict of a compound claim, which follows from those of its parts."""

    verdict = serializers.ChoiceField(choices=CONTENT_VERDICTS)
    explanation = serializers.CharField()
    as_of = serializers.DateField()


class ClaimDetailOut(ClaimOut):
    """A claim with its checks and the moves that start from its status."""

    checks = CheckOut(many=True)
    required_aspects = serializers.ListField(child=serializers.ChoiceField(choices=Aspect.choices))
    derived = DerivedOut(allow_null=True)
    allowed = serializers.ListField(child=serializers.CharField())


class ClaimChange(serializers.Serializer[Any]):
    """Another proposition, or (in draft) another span."""

    proposition = serializers.CharField(max_length=5000, required=False)
    start = serializers.IntegerField(min_value=0, required=False)
    end = serializers.IntegerField(min_value=1, required=False)


class MoveIn(serializers.Serializer[Any]):
    """A move of a claim, and why."""

    to = serializers.ChoiceField(choices=list(transitions.MOVES))
    reason = serializers.CharField(max_length=5000)
    aspect = serializers.ChoiceField(choices=Aspect.choices, required=False, allow_null=True)


class SourceIn(serializers.Serializer[Any]):
    """An outside document: a url or at least a title."""

    url = serializers.URLField(max_length=2000, required=False, allow_blank=True)
    title = serializers.CharField(max_length=500, required=False, allow_blank=True)
    publisher = serializers.CharField(max_length=300, required=False, allow_blank=True)
    author = serializers.CharField(max_length=300, required=False, allow_blank=True)
    published_on = serializers.DateField(required=False, allow_null=True)


class SourceOut(SourceIn):
    """A source of the project; `standing` is how it was found when it was looked at last."""

    id = serializers.CharField()
    standing = serializers.ChoiceField(choices=Source.Standing.choices)
    created_by = serializers.CharField()
    created_at = serializers.DateTimeField()


class EvidenceIn(serializers.Serializer[Any]):
    """A source, by id or url, used for one aspect."""

    source = serializers.UUIDField(required=False)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    url = serializers.URLField(max_length=2000, required=False)
    title = serializers.CharField(max_length=500, required=False, allow_blank=True)
    aspect = serializers.ChoiceField(choices=Aspect.choices)
    part = serializers.UUIDField(required=False, allow_null=True)
    stance = serializers.ChoiceField(choices=Stance.choices)
    tier = serializers.ChoiceField(choices=Tier.choices)
    quote = serializers.CharField(max_length=20_000, required=False, allow_blank=True, trim_whitespace=False)
    note = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    set = serializers.IntegerField(min_value=1, max_value=1000, required=False)
    independence_group = serializers.CharField(max_length=100, required=False, allow_blank=True)
    interest = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    snapshot = serializers.UUIDField(required=False, allow_null=True)
    quote_start = serializers.IntegerField(min_value=0, required=False, allow_null=True)


class EvidenceOut(serializers.Serializer[Any]):
    """Evidence with its source."""

    id = serializers.CharField()
    claim = serializers.CharField()
    source = SourceOut()  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    aspect = serializers.ChoiceField(choices=Aspect.choices)
    part = serializers.CharField(allow_null=True)
    stance = serializers.ChoiceField(choices=Stance.choices)
    tier = serializers.ChoiceField(choices=Tier.choices)
    quote = serializers.CharField()
    note = serializers.CharField()
    set = serializers.IntegerField()
    independence_group = serializers.CharField()
    interest = serializers.CharField()
    snapshot = serializers.CharField(allow_null=True)
    quote_start = serializers.IntegerField(allow_null=True)
    quote_end = serializers.IntegerField(allow_null=True)
    created_by = serializers.CharField()
    created_at = serializers.DateTimeField()


def claim_detail_out(claim: Claim) -> dict[str, Any]:
    """The claim with its checks."""
    checks = Check.objects.filter(claim=claim).order_by("aspect")
    return {
        **claim_out(claim),
        "checks": [{"aspect": c.aspect, "status": c.status, "status_since": c.status_since} for c in checks],
        "required_aspects": list(transitions.required_aspects(claim.label, claim.content_kind)),
        "derived": derived_out(derived_in_force(claim)),
        "allowed": list(possible_moves(claim)),
    }


def derived_out(derived: Derived | None) -> dict[str, Any] | None:
    """The derived verdict as the API shows it."""
    if derived is None:
        return None
    return {"verdict": derived.verdict, "explanation": derived.explanation, "as_of": derived.as_of}


def source_out(source: Source) -> dict[str, Any]:
    """The source as the API shows it."""
    names = ("url", "title", "publisher", "author", "published_on", "standing", "created_at")
    shown = {name: getattr(source, name) for name in names}
    return {"id": str(source.pk), "created_by": source.created_by.get_username(), **shown}


def evidence_out(evidence: Evidence) -> dict[str, Any]:
    """The evidence as the API shows it."""
    names = ("aspect", "stance", "tier", "quote", "quote_start", "quote_end", "note", "interest", "set", "created_at")
    return {
        "id": str(evidence.pk),
        "claim": str(evidence.claim_id),
        "source": source_out(evidence.source),
        "part": str(evidence.part_id) if evidence.part_id else None,
        "snapshot": str(evidence.snapshot_id) if evidence.snapshot_id else None,
        "independence_group": evidence.independence_group,
        "created_by": evidence.created_by.get_username(),
        **{name: getattr(evidence, name) for name in names},
    }


class ClaimDetail(ApiView):
    """One claim."""

    @extend_schema(operation_id="claim_read", responses=ClaimDetailOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """The claim as I may know it."""
        claim = claim_for(request.user, id)
        return etagged(Response(claim_detail_out(claim)), claim.version)

    @extend_schema(
        operation_id="claim_edit", parameters=[IF_MATCH], request=ClaimChange(partial=True), responses=ClaimDetailOut
    )
    def patch(self, request: ApiRequest, id: UUID) -> Response:
        """Write or sharpen the proposition, or give a draft unit another span; `If-Match` is needed."""
        claim = claim_for(request.user, id)
        require(claim.role, Action.EDIT_UNITS if claim.status == Status.DRAFT else Action.SHARPEN)
        version, changes = require_if_match(request), self.body(ClaimChange)
        if "proposition" in changes and len(changes) == 1:
            claim = edit_proposition(request.user, claim_id=id, version=version, **changes)
        elif set(changes) == {"start", "end"}:
            claim = resize_claim(request.user, claim_id=id, version=version, **changes)
        else:
            raise InvalidInput.field("proposition", _("Send proposition, or start and end together."))
        return etagged(Response(claim_detail_out(claim)), claim.version)

    @extend_schema(operation_id="claim_dismiss", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: ApiRequest, id: UUID) -> Response:
        """Dismiss a draft unit; `If-Match` is optional."""
        require(claim_for(request.user, id).role, Action.EDIT_UNITS)
        dismiss_claim(request.user, claim_id=id, version=if_match(request))
        return Response(status=204)


class ClaimMove(ApiView):
    """Moves of a claim."""

    @extend_schema(operation_id="claim_move", request=MoveIn, responses=ClaimDetailOut)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Close, challenge, correct, withdraw, reopen or void; 409 lists what is allowed."""
        require(claim_for(request.user, id).role, Action.CHALLENGE)
        claim = move_claim(request.user, claim_id=id, **self.body(MoveIn))
        return etagged(Response(claim_detail_out(claim)), claim.version)


class SourceList(ApiView):
    """The sources of a project."""

    ordering = ("created_at", "id")

    @extend_schema(operation_id="source_list", responses=SourceOut(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Those I may see, oldest first."""
        return self.page(visible_sources(request.user, membership_in(request.user, slug).project), source_out)

    @extend_schema(operation_id="source_add", request=SourceIn, responses={201: SourceOut})
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Add a source to the project."""
        require_member(membership_in(request.user, slug), Action.ADD_SOURCE)
        return Response(source_out(add_source(request.user, slug=slug, **self.body(SourceIn))), status=201)


class EvidenceList(ApiView):
    """The evidence on a claim."""

    ordering = ("created_at", "id")

    @extend_schema(operation_id="evidence_list", responses=EvidenceOut(many=True))
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """That which I may see: while the claim is open, only mine."""
        claim = claim_for(request.user, id)
        return self.page(visible_evidence(request.user).filter(claim=claim), evidence_out)

    @extend_schema(operation_id="evidence_add", request=EvidenceIn, responses={201: EvidenceOut})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Use a source for this claim."""
        require(claim_for(request.user, id).role, Action.ADD_SOURCE)
        body = self.body(EvidenceIn)
        named = {f"{name}_id": body.pop(name, None) for name in ("source", "part", "snapshot")}
        evidence = services.add_evidence(request.user, claim_id=id, **named, **body)
        return Response(evidence_out(evidence), status=201)
