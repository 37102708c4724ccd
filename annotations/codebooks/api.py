"""Endpoints of codebooks, and the list of projects, each of which begins with one."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.codebooks import services
from annotations.codebooks.changes import LABELS
from annotations.codebooks.models import Codebook
from annotations.codebooks.queries import codebooks_of
from annotations.errors import InvalidInput
from annotations.projects.access import Action, require_member
from annotations.projects.api import ProjectOut, ProjectRules, project_out
from annotations.projects.queries import membership_in, memberships_of
from annotations.web.api import ApiView


class ProjectIn(ProjectRules):
    """A new project; without a slug it gets one from its name."""

    name = serializers.CharField(max_length=200)
    slug = serializers.SlugField(max_length=60, required=False)


class RuleIn(serializers.Serializer[Any]):
    """One rule that a label can name."""

    id = serializers.CharField(max_length=30)
    text = serializers.CharField(max_length=2000)


class CodebookIn(serializers.Serializer[Any]):
    """A new version of the guidelines."""

    version = serializers.CharField(max_length=30)
    language = serializers.CharField(max_length=35, default="en")
    text = serializers.CharField(max_length=100_000, trim_whitespace=False)
    rules = RuleIn(many=True, default=list)
    again = serializers.ListField(
        child=serializers.ChoiceField(choices=LABELS),
        default=list,
        max_length=len(LABELS),
        help_text="The labels that new rules ask to look at again on closed claims.",
    )


class CodebookOut(CodebookIn):
    """A version, and when it was written."""

    created_at = serializers.DateTimeField()
    current = serializers.BooleanField()


class ProjectList(ApiView):
    """My projects."""

    ordering = ("created_at", "id")

    @extend_schema(operation_id="project_list", responses=ProjectOut(many=True))
    def get(self, request: ApiRequest) -> Response:
        """Every project I belong to."""
        return self.page(memberships_of(request.user), lambda m: project_out(m.project, m.role))

    @extend_schema(operation_id="project_create", request=ProjectIn, responses={201: ProjectOut})
    def post(self, request: ApiRequest) -> Response:
        """Begin a project; I become its manager."""
        wanted = self.body(ProjectIn)
        slug = wanted.pop("slug", "") or slugify(wanted["name"])[:60]
        if not slug:
            told = _("This name gives no slug. Send one of letters, digits and hyphens.")
            raise InvalidInput.field("slug", told)
        membership = services.start_project(request.user, slug=slug, **wanted)
        return Response(project_out(membership.project, membership.role), status=201)


class CodebookList(ApiView):
    """The versions of a project's codebook."""

    ordering = ("-created_at", "-id")

    @extend_schema(operation_id="codebook_list", responses=CodebookOut(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Every version, newest first."""
        project = membership_in(request.user, slug).project
        return self.page(codebooks_of(project), lambda book: codebook_out(book, project.codebook_id))

    @extend_schema(operation_id="codebook_write", request=CodebookIn, responses={201: CodebookOut})
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Write a new version, in force from now on."""
        require_member(membership_in(request.user, slug), Action.EDIT_CODEBOOK)
        codebook = services.write_codebook(request.user, slug=slug, **self.body(CodebookIn))
        return Response(codebook_out(codebook, codebook.pk), status=201)


def codebook_out(codebook: Codebook, current: Any) -> dict[str, Any]:
    """The version as the API shows it."""
    return {
        "version": codebook.version,
        "language": codebook.language,
        "text": codebook.text,
        "rules": codebook.rules,
        "again": codebook.again,
        "created_at": codebook.created_at,
        "current": codebook.pk == current,
    }
