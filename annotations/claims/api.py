"""Endpoints of units: adding articles with their proposed claims, editing units, opening an article."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.articles.api import ArticleOut, ProvenanceIn, article_out
from annotations.articles.queries import article_for, visible_articles
from annotations.claims import opening, services
from annotations.claims.models import Claim, ContentKind, Kind, LabelValue, Status
from annotations.claims.queries import claim_for, claims_in
from annotations.errors import InvalidInput
from annotations.projects.access import Action, require, require_member
from annotations.projects.queries import membership_in
from annotations.web.api import ApiView, etagged, require_if_match
from annotations.web.schema import filtered


class ArticleIn(ProvenanceIn):
    """A new article. The text is stored as PRODUCT says: BOM dropped, LF, NFC, nothing else changed."""

    text = serializers.CharField(trim_whitespace=False, allow_blank=True, max_length=None)
    segment = serializers.BooleanField(default=True)


class ArticleAdded(ArticleOut):
    """The article, and how many claims were proposed."""

    claims = serializers.IntegerField()


class ClaimIn(serializers.Serializer[Any]):
    """A unit, by offsets in code points or by its quote."""

    start = serializers.IntegerField(min_value=0, required=False)
    end = serializers.IntegerField(min_value=1, required=False)
    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    exact = serializers.CharField(required=False, trim_whitespace=False)
    prefix = serializers.CharField(required=False, trim_whitespace=False, allow_blank=True)
    suffix = serializers.CharField(required=False, trim_whitespace=False, allow_blank=True)
    proposition = serializers.CharField(required=False, allow_blank=True, max_length=5000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either start and end, or exact."""
        if ("exact" in attrs) == ("start" in attrs and "end" in attrs):
            raise serializers.ValidationError({"start": [_("Send start and end, or exact with prefix and suffix.")]})
        return attrs


class SplitIn(serializers.Serializer[Any]):
    """Where to cut: before this code point of the article."""

    at = serializers.IntegerField(min_value=0)


class MergeIn(serializers.Serializer[Any]):
    """Units that become one."""

    claims = serializers.ListField(child=serializers.UUIDField(), min_length=2, max_length=100)


class OldUnit(serializers.Serializer[Any]):
    """A unit that goes, as it was seen."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)


class NewUnit(serializers.Serializer[Any]):
    """A unit that comes, in code points."""

    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)
    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    proposition = serializers.CharField(required=False, allow_blank=True, max_length=5000)


class ReplaceIn(serializers.Serializer[Any]):
    """Units that go and those that come in their place."""

    old = serializers.ListField(child=OldUnit(), max_length=100)
    new = serializers.ListField(child=NewUnit(), max_length=100)


class ClaimOut(serializers.Serializer[Any]):
    """A claim as everybody sees it who may see it: nothing here moves while reviewers label."""

    id = serializers.CharField()
    article = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    exact = serializers.CharField()
    prefix = serializers.CharField()
    suffix = serializers.CharField()
    kind = serializers.CharField()
    proposition = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    version = serializers.IntegerField()
    label = serializers.ChoiceField(choices=LabelValue.choices, allow_null=True)  # type: ignore[assignment]  # a declared field: the metaclass takes it off the class
    content_kind = serializers.ChoiceField(choices=ContentKind.choices, allow_null=True)
    attribution = serializers.DictField(allow_null=True)
    unsettled = serializers.ListField(child=serializers.CharField())
    origin = serializers.CharField(allow_null=True)


class OpenedOut(ArticleOut):
    """The opened article, and who will be missing later."""

    warnings = serializers.ListField(child=serializers.CharField())


def claim_out(claim: Claim) -> dict[str, Any]:
    """The claim as the API shows it."""
    return {
        "id": str(claim.pk),
        "article": str(claim.article_id),
        "start": claim.start,
        "end": claim.end,
        "exact": claim.exact,
        "prefix": claim.prefix,
        "suffix": claim.suffix,
        "kind": claim.kind,
        "proposition": claim.proposition,
        "status": claim.status,
        "version": claim.version,
        "label": claim.label,
        "content_kind": claim.content_kind,
        "attribution": claim.attribution,
        "unsettled": claim.unsettled,
        "origin": claim.origin,
    }


class ArticleList(ApiView):
    """The articles of a project."""

    ordering = ("created_at", "id")

    @extend_schema(operation_id="article_list", responses=ArticleOut(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """The articles I may see, oldest first."""
        project = membership_in(request.user, slug).project
        return self.page(visible_articles(request.user).filter(project=project).defer("text"), article_out)

    @extend_schema(operation_id="article_add", request=ArticleIn, responses={201: ArticleAdded})
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Add a text; 409 names the first where it is here already."""
        require_member(membership_in(request.user, slug), Action.EDIT_ARTICLES)
        article = services.import_and_propose(request.user, slug=slug, **self.body(ArticleIn))
        count = Claim.objects.filter(article=article).count()
        return etagged(Response({**article_out(article), "claims": count}, status=201), article.version)


class ClaimList(ApiView):
    """The claims of an article."""

    ordering = ("start", "end", "id")

    @extend_schema(
        operation_id="claim_list",
        parameters=[
            filtered("status", Status.values, "Only claims that stand so."),
            filtered("label", LabelValue.values, "Only claims whose settled label this is."),
        ],
        responses=ClaimOut(many=True),
    )
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """The claims I may see, in the order of the text."""
        rows = claims_in(request.user, article_for(request.user, id).pk)
        wanted = {"status": self.asked("status", Status.values), "label": self.asked("label", LabelValue.values)}
        return self.page(rows.filter(**{name: value for name, value in wanted.items() if value}), claim_out)

    @extend_schema(operation_id="claim_add", request=ClaimIn, responses={201: ClaimOut})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Add one unit, or a list of them: all or none."""
        require(article_for(request.user, id).role, Action.EDIT_UNITS)
        many = isinstance(request.data, list)
        body = self.body(ClaimIn, many=many)
        if many and not body:
            raise InvalidInput.field("body", _("The list is empty. Send at least one unit."))
        added = services.add_claims(request.user, article_id=id, wanted=body if many else [body])
        return Response([claim_out(c) for c in added] if many else claim_out(added[0]), status=201)


class ArticleOpen(ApiView):
    """Opening."""

    @extend_schema(operation_id="article_open", request=None, responses=OpenedOut)
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Lock the units and begin labelling."""
        article, missing = opening.open_article(request.user, article_id=id)
        return Response({**article_out(article), "warnings": missing})


class ClaimSplit(ApiView):
    """Splitting."""

    @extend_schema(operation_id="claim_split", request=SplitIn, responses={201: ClaimOut(many=True)})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Make two draft units of one; `If-Match` is needed."""
        require(claim_for(request.user, id).role, Action.EDIT_UNITS)
        parts = services.split_claim(request.user, claim_id=id, version=require_if_match(request), **self.body(SplitIn))
        return Response([claim_out(part) for part in parts], status=201)


class ClaimMerge(ApiView):
    """Merging."""

    @extend_schema(operation_id="claim_merge", request=MergeIn, responses={201: ClaimOut})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Make one draft unit of several of this article."""
        require(article_for(request.user, id).role, Action.EDIT_UNITS)
        whole = services.merge_claims(request.user, article_id=id, claim_ids=self.body(MergeIn)["claims"])
        return etagged(Response(claim_out(whole), status=201), whole.version)


class UnitReplace(ApiView):
    """Taking an edit back."""

    @extend_schema(operation_id="claim_replace", request=ReplaceIn, responses={201: ClaimOut(many=True)})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Put draft units in the place of others, exactly as given: all or none."""
        require(article_for(request.user, id).role, Action.EDIT_UNITS)
        body = self.body(ReplaceIn)
        old = [(each["id"], each["version"]) for each in body["old"]]
        made = services.replace_units(request.user, article_id=id, old=old, new=body["new"])
        return Response([claim_out(claim) for claim in made], status=201)
