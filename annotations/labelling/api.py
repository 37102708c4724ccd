"""Endpoints of labelling: mine, those I may see, handing in, closing, my queue."""

from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.models import User
from annotations.accounts.requests import ApiRequest
from annotations.articles.api import ArticleOut, article_out
from annotations.articles.queries import article_for
from annotations.claims.api import ClaimOut, claim_out
from annotations.claims.models import ContentKind, LabelValue
from annotations.claims.queries import claim_for
from annotations.errors import InvalidInput, NotVisible
from annotations.labelling import services
from annotations.labelling.content import LabelContent
from annotations.labelling.desk import Saved
from annotations.labelling.flags import FlagError, checked_flags
from annotations.labelling.models import MOST_SECONDS, Label
from annotations.labelling.places import PARTS, SPANS, PlaceError, checked_spans
from annotations.labelling.queries import (
    QUEUE_ORDER,
    my_label,
    queue,
    unlabelled,
    visible_labels,
    visible_outside_labels,
)
from annotations.labelling.wording import MODES, SOURCE_KINDS
from annotations.projects.access import Action, require
from annotations.projects.queries import membership_in
from annotations.web.api import ApiView, etagged, if_match
from annotations.web.wording import said, said_at

SAID = [field.name for field in fields(LabelContent)]


PLACE = {
    "type": "object",
    "properties": {"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 1}},
    "required": ["start", "end"],
    "additionalProperties": False,
}


@extend_schema_field({"type": "object", "properties": dict.fromkeys(PARTS, PLACE), "additionalProperties": False})
class SpansField(serializers.Field[Any, Any, Any, Any]):
    """Where source, cue and content stand in the text: `{start, end}` each, in code points of the article."""

    def to_internal_value(self, data: Any) -> dict[str, dict[str, int]]:
        """The spans as stored."""
        try:
            return checked_spans(data)
        except PlaceError as error:
            errors = error.errors
            raise serializers.ValidationError(said(errors) if isinstance(errors, str) else said_at(errors)) from None

    def to_representation(self, value: Any) -> Any:
        """As stored."""
        return value


class AttributionField(serializers.Serializer[Any]):
    """Who is made to say it."""

    source_name = serializers.CharField(max_length=300, required=False, allow_blank=True)
    source_role = serializers.CharField(max_length=300, required=False, allow_blank=True)
    source_kind = serializers.ChoiceField(choices=list(SOURCE_KINDS), required=False)
    cue = serializers.CharField(max_length=200, required=False, allow_blank=True)
    mode = serializers.ChoiceField(choices=list(MODES), required=False)
    channel = serializers.CharField(max_length=200, required=False, allow_blank=True)
    spans = SpansField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The attribution, without spans where there is none."""
        return attrs if attrs.get(SPANS) else {name: value for name, value in attrs.items() if name != SPANS}


@extend_schema_field(OpenApiTypes.ANY)
class FlagsField(serializers.Field[Any, Any, Any, Any]):
    """Flags: words, or `{flag, start, end}` with a sub-span of the claim in code points."""

    def to_internal_value(self, data: Any) -> list[Any]:
        """The flags as stored."""
        try:
            return checked_flags(data)
        except FlagError as error:
            raise serializers.ValidationError(said(error.message)) from None

    def to_representation(self, value: Any) -> Any:
        """As stored."""
        return value


class LabelIn(serializers.Serializer[Any]):
    """My label; unsure and not_a_claim need a `reason`. `seconds` is how long I was active on the claim so far."""

    label = serializers.ChoiceField(choices=LabelValue.choices)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    content_kind = serializers.ChoiceField(choices=ContentKind.choices, required=False, allow_null=True)
    attribution = AttributionField(required=False, allow_null=True)
    flags = FlagsField(required=False)
    confidence = serializers.IntegerField(min_value=1, max_value=5, required=False, allow_null=True)
    rationale = serializers.CharField(max_length=5000, required=False, allow_blank=True, trim_whitespace=False)
    rule = serializers.CharField(max_length=30, required=False, allow_blank=True)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, trim_whitespace=False)
    seconds = serializers.IntegerField(min_value=0, max_value=MOST_SECONDS, required=False, allow_null=True)


class LabelOut(LabelIn):
    """A label with what it was made under."""

    claim = serializers.CharField()
    reviewer = serializers.CharField()
    counts = serializers.BooleanField()
    codebook_version = serializers.CharField()
    version = serializers.IntegerField()
    handed_in = serializers.BooleanField()
    saved_at = serializers.DateTimeField()


class HandInIn(serializers.Serializer[Any]):
    """Whether to hand in although claims are still without a label of mine."""

    partial = serializers.BooleanField(default=False)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class


class HandInOut(serializers.Serializer[Any]):
    """How many labels were fixed, and what is still without one."""

    handed_in = serializers.IntegerField()
    claims = serializers.ListField(child=serializers.CharField())
    missing = serializers.ListField(child=serializers.CharField())


def label_out(label: Label) -> dict[str, Any]:
    """The label's present content as the API shows it; `counts` says whether this revision is or will be counted."""
    revision = label.current
    if revision is None:
        raise NotVisible
    return {
        "claim": str(label.claim_id),
        "reviewer": label.reviewer.get_username(),
        **{name: getattr(revision, name) for name in SAID},
        "seconds": revision.seconds,
        "counts": label.counted_id in (None, revision.pk),
        "codebook_version": revision.codebook.version,
        "version": label.version,
        "handed_in": label.handed_in_at is not None,
        "saved_at": revision.created_at,
    }


def saved_out(saved: Saved, claim_id: UUID, reviewer: User) -> dict[str, Any]:
    """The same of a label just saved."""
    return {
        "claim": str(claim_id),
        "reviewer": reviewer.get_username(),
        **asdict(saved.content),
        "seconds": saved.seconds,
        "counts": saved.counts,
        "codebook_version": saved.codebook_version,
        "version": saved.version,
        "handed_in": saved.handed_in,
        "saved_at": saved.saved_at,
    }


class ClaimLabel(ApiView):
    """My label on a claim."""

    @extend_schema(operation_id="label_read", responses=LabelOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """My label; 404 where I have none."""
        label = my_label(request.user, claim_for(request.user, id))
        if label is None:
            raise NotVisible(_("You have no label on this claim."))
        label.reviewer = request.user
        return etagged(Response(label_out(label)), label.version)

    @extend_schema(operation_id="label_save", request=LabelIn, responses=LabelOut)
    def put(self, request: ApiRequest, id: UUID) -> Response:
        """Save my label at once; `If-Match` is optional, and a stale one is 412 with both."""
        body = self._label_body(request, id)
        seconds, version = body.pop("seconds", None), if_match(request)
        content = LabelContent(**body)
        saved = services.save_label(request.user, claim_id=id, content=content, version=version, seconds=seconds)
        return etagged(Response(saved_out(saved, id, request.user)), saved.version)

    def _label_body(self, request: ApiRequest, claim_id: UUID) -> dict[str, Any]:
        """The body; whoever may not label learns that (404, 403) before what is wrong with it."""
        try:
            given: dict[str, Any] = self.body(LabelIn)
        except (serializers.ValidationError, InvalidInput):
            require(claim_for(request.user, claim_id).role, Action.LABEL)
            raise
        return given


class ClaimLabels(ApiView):
    """The labels on a claim."""

    ordering = ("created_at", "id")

    @extend_schema(operation_id="label_list", responses=LabelOut(many=True))
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """Those I may see, oldest first: while the claim is open, only mine."""
        claim = claim_for(request.user, id)
        return self.page(visible_labels(request.user).filter(claim=claim, current__isnull=False), label_out)


class OutsideLabelOut(serializers.Serializer[Any]):
    """What somebody said in another tool; `label` is which of ours that means, where it can be known."""

    annotator = serializers.CharField()
    name = serializers.CharField()
    label = serializers.ChoiceField(choices=LabelValue.choices, allow_null=True)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    origin = serializers.CharField()
    blind = serializers.BooleanField()


class ClaimOutsideLabels(ApiView):
    """What was said of a claim in other tools."""

    ordering = ("created_at", "id")

    @extend_schema(operation_id="outside_label_list", responses=OutsideLabelOut(many=True))
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """Nothing while the claim is open for labelling. None of it counts here."""
        rows = visible_outside_labels(request.user).filter(claim=claim_for(request.user, id))
        names = ("annotator", "name", "label", "origin")
        return self.page(rows, lambda row: {**{name: getattr(row, name) for name in names}, "blind": False})


class ArticleHandIn(ApiView):
    """Handing in."""

    @extend_schema(operation_id="hand_in", request=HandInIn, responses=HandInOut)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Fix my labels in this article; 409 names the claims still without one, unless `partial`."""
        article = article_for(request.user, id)
        require(article.role, Action.HAND_IN)
        claims = services.hand_in(request.user, article_id=id, **self.body(HandInIn))
        missing = [str(claim.pk) for claim in unlabelled(request.user, article)]
        return Response({"handed_in": len(claims), "claims": [str(c.pk) for c in claims], "missing": missing})


class ArticleClose(ApiView):
    """Closing."""

    @extend_schema(operation_id="article_close", request=None, responses=ArticleOut)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """End labelling with every label saved by now."""
        return Response(article_out(services.close_article(request.user, article_id=id)))


class Queue(ApiView):
    """My next claims."""

    @extend_schema(operation_id="queue", responses=ClaimOut(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Open claims I have not handed in, in the order of articles and text.

        Where work is assigned: those assigned to me, with the articles in an order of my own.
        """
        project = membership_in(request.user, slug).project
        self.ordering = QUEUE_ORDER[project.distribution]
        return self.page(queue(request.user, project), claim_out)
