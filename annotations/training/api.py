"""Endpoints of the training: where I stand with the next claim, and answering it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.claims.models import ContentKind, LabelValue
from annotations.projects.access import Action, require_member
from annotations.projects.queries import membership_in
from annotations.training import services
from annotations.training.queries import standing
from annotations.web.api import ApiView


class GoldOut(serializers.Serializer[Any]):
    """A claim to answer: its passage and where it stands there, in code points. What it is, is told afterwards."""

    id = serializers.CharField()
    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField()


class TrainingOut(serializers.Serializer[Any]):
    """Where I stand in my last round."""

    training = serializers.BooleanField()
    round = serializers.IntegerField()
    finished = serializers.BooleanField()
    answered = serializers.IntegerField()
    total = serializers.IntegerField()
    right = serializers.IntegerField()
    claim = GoldOut(allow_null=True)


class AnswerIn(serializers.Serializer[Any]):
    """My answer to the next claim."""

    claim = serializers.UUIDField()
    label = serializers.ChoiceField(choices=LabelValue.choices)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    content_kind = serializers.ChoiceField(choices=ContentKind.choices, required=False, allow_null=True)


class FeedbackOut(serializers.Serializer[Any]):
    """What my answer was, what was gold, and why."""

    claim = serializers.CharField()
    label = serializers.ChoiceField(choices=LabelValue.choices)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    content_kind = serializers.ChoiceField(choices=ContentKind.choices, allow_null=True)
    right = serializers.BooleanField()
    gold_label = serializers.ChoiceField(choices=LabelValue.choices)
    gold_kind = serializers.ChoiceField(choices=ContentKind.choices, allow_null=True)
    why = serializers.CharField()
    rule = serializers.CharField(allow_blank=True)


class Training(ApiView):
    """My training."""

    @extend_schema(operation_id="training_read", responses=TrainingOut)
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Where I stand, and the next claim, without what is gold."""
        membership = membership_in(request.user, slug)
        require_member(membership, Action.LABEL)
        stands, project = standing(request.user, membership.project), membership.project
        following = stands.next if project.training else None
        shown = {name: getattr(following, name) for name in ("text", "start", "end", "exact")} if following else None
        told = {
            "training": project.training,
            "round": stands.round.number if stands.round else 0,
            "finished": stands.finished,
            "answered": len(stands.answers),
            "total": stands.total,
            "right": stands.right,
            "claim": {"id": str(following.pk), **shown} if following and shown else None,
        }
        return Response(told)

    @extend_schema(operation_id="training_begin", request=None, responses=TrainingOut)
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Begin a round; the one that is open goes on."""
        services.begin_round(request.user, slug=slug)
        return self.get(request, slug)


class TrainingAnswers(ApiView):
    """Answering."""

    @extend_schema(operation_id="training_answer", request=AnswerIn, responses={201: FeedbackOut})
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Answer the next claim; what is gold, and why, is in the answer."""
        require_member(membership_in(request.user, slug), Action.LABEL)
        answer = services.answer_gold(request.user, slug=slug, **self.body(AnswerIn))
        names = ("label", "content_kind", "right", "gold_label", "gold_kind", "why", "rule")
        told: dict[str, Any] = {name: getattr(answer, name) for name in names}
        claim: UUID = answer.claim_id
        return Response({"claim": str(claim), **told}, status=201)
