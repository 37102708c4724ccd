"""Endpoints of comments."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.claims.queries import claim_for
from annotations.discussion import services
from annotations.discussion.mentions import mentions
from annotations.discussion.models import Comment
from annotations.discussion.queries import comment_for, comments_on, member_names
from annotations.projects.access import Action, require
from annotations.web.api import ApiView, etagged, if_match


class CommentIn(serializers.Serializer[Any]):
    """What somebody says; `@name` tells a member of it."""

    text = serializers.CharField(max_length=services.LONGEST)


class EarlierOut(serializers.Serializer[Any]):
    """What a comment said before."""

    version = serializers.IntegerField()
    text = serializers.CharField()
    written_at = serializers.DateTimeField()


class CommentOut(serializers.Serializer[Any]):
    """A comment; `text` of a removed one is empty. `unknown_mentions` are names of nobody in the project."""

    id = serializers.CharField()
    claim = serializers.CharField()
    author = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    removed_at = serializers.DateTimeField(allow_null=True)
    removed_by = serializers.CharField(allow_null=True)
    mentions = serializers.ListField(child=serializers.CharField())
    unknown_mentions = serializers.ListField(child=serializers.CharField())
    earlier = EarlierOut(many=True)


def comment_out(comment: Comment, names: Iterable[str]) -> dict[str, Any]:
    """The comment as the API shows it, with those of `names` whom it mentions."""
    said = mentions(comment.text, names)
    shown = ("text", "version", "created_at", "edited_at", "removed_at")
    earlier = [
        {name: getattr(one, name) for name in ("version", "text", "written_at")} for one in comment.earlier.all()
    ]
    return {
        "id": str(comment.pk),
        "claim": str(comment.claim_id),
        "author": comment.author.get_username(),
        "removed_by": comment.removed_by.get_username() if comment.removed_by else None,
        "mentions": said.members,
        "unknown_mentions": said.unknown,
        "earlier": earlier,
        **{name: getattr(comment, name) for name in shown},
    }


class CommentList(ApiView):
    """The discussion of a claim."""

    ordering = ("created_at", "id")
    reads_need_a_state = True

    @extend_schema(operation_id="comment_list", responses=CommentOut(many=True))
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """Every comment, oldest first; 409 while the claim is open for labelling."""
        claim = claim_for(request.user, id)
        services.check_discussed(claim)
        names = member_names(claim.project)
        return self.page(comments_on(request.user, claim), lambda comment: comment_out(comment, names))

    @extend_schema(operation_id="comment_write", request=CommentIn, responses={201: CommentOut})
    def post(self, request: ApiRequest, id: UUID) -> Response:
        """Say something of the claim."""
        claim = claim_for(request.user, id)
        require(claim.role, Action.COMMENT)
        comment = services.write_comment(request.user, claim_id=id, **self.body(CommentIn))
        return etagged(Response(comment_out(comment, member_names(claim.project)), status=201), comment.version)


class CommentDetail(ApiView):
    """One comment."""

    @extend_schema(operation_id="comment_read", responses=CommentOut)
    def get(self, request: ApiRequest, id: UUID) -> Response:
        """The comment with its earlier texts."""
        return _answer(comment_for(request.user, id))

    @extend_schema(operation_id="comment_edit", request=CommentIn, responses=CommentOut)
    def patch(self, request: ApiRequest, id: UUID) -> Response:
        """Give my own comment another text; `If-Match` is optional."""
        comment_for(request.user, id)
        body, version = self.body(CommentIn), if_match(request)
        return _answer(services.edit_comment(request.user, comment_id=id, version=version, **body))

    @extend_schema(operation_id="comment_remove", responses={204: None})
    def delete(self, request: ApiRequest, id: UUID) -> Response:
        """Take a comment's words away: mine, or as a manager anybody's. A marker stays."""
        services.remove_comment(request.user, comment_id=id)
        return Response(status=204)


def _answer(comment: Comment) -> Response:
    return etagged(Response(comment_out(comment, member_names(comment.claim.project))), comment.version)
