"""Endpoints of assignments: who holds what, by hand, balanced by chance, and taking the next article."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.models import User
from annotations.accounts.requests import ApiRequest
from annotations.labelling import assigning
from annotations.labelling.allocation import SEEDS, Plan
from annotations.labelling.holding import assignment_for, assignments_of
from annotations.labelling.models import Assignment
from annotations.labelling.taking import take_next
from annotations.projects.access import Action, require, require_member
from annotations.projects.queries import membership_in
from annotations.web.api import ApiView

MOST = 5000  # articles, claims or people named in one request


class Ids(serializers.ListField):
    """Ids of articles or claims."""

    child = serializers.UUIDField()


class Names(serializers.ListField):
    """Names of members."""

    child = serializers.CharField(max_length=150)


class AssignIn(serializers.Serializer[Any]):
    """What is given to whom: every one of the articles and claims to every one of the reviewers."""

    articles = Ids(max_length=MOST, required=False)
    claims = Ids(max_length=MOST, required=False)
    reviewers = Names(max_length=MOST)


class BalanceIn(serializers.Serializer[Any]):
    """How work is spread: units, people, and the seed of chance. `plan` is the digest of a plan that was looked at."""

    unit = serializers.ChoiceField(choices=assigning.UNITS, default="articles")
    reviewers = Names(max_length=MOST)
    articles = Ids(max_length=MOST, required=False)
    seed = serializers.IntegerField(min_value=0, max_value=SEEDS - 1, required=False)
    preview = serializers.BooleanField(default=False)
    plan = serializers.CharField(max_length=32, required=False)


class MoveIn(serializers.Serializer[Any]):
    """Who gets the place."""

    reviewer = serializers.CharField(max_length=150)


class AssignmentOut(serializers.Serializer[Any]):
    """One reviewer's place: in a whole article, or on one claim of it."""

    id = serializers.CharField()
    article = serializers.CharField()
    claim = serializers.CharField(allow_null=True)
    reviewer = serializers.CharField()
    origin = serializers.ChoiceField(choices=Assignment.Origin.choices)
    seed = serializers.IntegerField(allow_null=True)
    made_by = serializers.CharField()
    made_at = serializers.DateTimeField()


class ShareOut(serializers.Serializer[Any]):
    """One reviewer's share of a plan: units and claims kept, and new."""

    reviewer = serializers.CharField()
    kept = serializers.IntegerField()
    new = serializers.IntegerField()
    kept_claims = serializers.IntegerField()
    new_claims = serializers.IntegerField()


class BalanceOut(serializers.Serializer[Any]):
    """A plan: its seed, its digest, and everybody's share."""

    seed = serializers.IntegerField()
    plan = serializers.CharField()
    shares = ShareOut(many=True)


class TakenOut(serializers.Serializer[Any]):
    """The article to label next, what of it is still mine to do, and until when a taken one is kept for me."""

    article = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    claims = serializers.ListField(child=serializers.CharField())
    until = serializers.DateTimeField(allow_null=True)


def assignment_out(row: Assignment) -> dict[str, Any]:
    """The assignment as the API shows it; neither leases nor what is finished, which would tell of labels."""
    return {
        "id": str(row.pk),
        "article": str(row.article_id),
        "claim": str(row.claim_id) if row.claim_id else None,
        "reviewer": row.reviewer.get_username(),
        "origin": row.origin,
        "seed": row.seed,
        "made_by": row.made_by.get_username(),
        "made_at": row.made_at,
    }


def plan_out(plan: Plan, people: dict[int, User]) -> dict[str, Any]:
    """The plan as the API shows it."""
    shares = [
        {
            "reviewer": people[person].get_username(),
            "kept": load.kept,
            "new": load.new,
            "kept_claims": load.kept_claims,
            "new_claims": load.new_claims,
        }
        for person, load in plan.loads.items()
    ]
    return {"seed": plan.seed, "plan": plan.digest, "shares": sorted(shares, key=lambda share: str(share["reviewer"]))}


class AssignmentList(ApiView):
    """Who holds what in a project."""

    ordering = ("made_at", "id")

    @extend_schema(operation_id="assignment_list", responses=AssignmentOut(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Every assignment, oldest first; for those who may assign."""
        membership = membership_in(request.user, slug)
        require(membership.role, Action.ASSIGN)
        return self.page(assignments_of(membership.project), assignment_out)

    @extend_schema(operation_id="assignment_make", request=AssignIn, responses={201: AssignmentOut(many=True)})
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Give articles and claims to reviewers; those made are answered, for who has a place keeps it."""
        require_member(membership_in(request.user, slug), Action.ASSIGN)
        made = assigning.assign(request.user, slug=slug, **self.body(AssignIn))
        return Response([assignment_out(row) for row in made], status=201)


class AssignmentBalance(ApiView):
    """Spreading work by chance."""

    @extend_schema(operation_id="assignment_balance", request=BalanceIn, responses={200: BalanceOut, 201: BalanceOut})
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Give every unit its number of people, with equal loads; `preview` only shows the plan (200).

        412 where `plan` is given and is not the plan as it would be made now.
        """
        require_member(membership_in(request.user, slug), Action.ASSIGN)
        wanted = {"seed": None, **self.body(BalanceIn)}
        digest = wanted.pop("plan", "")
        if wanted.pop("preview"):
            return Response(plan_out(*assigning.plan(request.user, slug=slug, **wanted)))
        return Response(plan_out(*assigning.balance(request.user, slug=slug, digest=digest, **wanted)), status=201)


class AssignmentDetail(ApiView):
    """One assignment."""

    @extend_schema(operation_id="assignment_move", request=MoveIn, responses=AssignmentOut)
    def patch(self, request: ApiRequest, id: UUID) -> Response:
        """Give the place to somebody else, under a new id."""
        require_member(membership_in(request.user, assignment_for(request.user, id).project.slug), Action.ASSIGN)
        return Response(assignment_out(assigning.move(request.user, assignment_id=id, **self.body(MoveIn))))

    @extend_schema(operation_id="assignment_give_back", responses={204: None})
    def delete(self, request: ApiRequest, id: UUID) -> Response:
        """Give it back: one's own, or as a manager anybody's. Labels made under it stay."""
        assigning.give_back(request.user, assignment_id=id)
        return Response(status=204)


class QueueNext(ApiView):
    """Taking the next article."""

    @extend_schema(operation_id="queue_next", request=None, responses={200: TakenOut, 204: None})
    def post(self, request: ApiRequest, slug: str) -> Response:
        """The article I have not finished, else the next with a free place, kept for a day; 204 if none is free."""
        taken = take_next(request.user, slug=slug)
        if taken is None:
            return Response(status=204)
        claims = [str(claim) for claim in taken.claims]
        told = {"article": str(taken.article.pk), "title": taken.article.title, "claims": claims, "until": taken.until}
        return Response(told)
