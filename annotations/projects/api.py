"""Endpoints of projects and members. Projects are begun in `codebooks.api`, for each begins with a codebook."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from annotations.accounts.requests import ApiRequest
from annotations.projects import services
from annotations.projects.access import Action, require, require_member
from annotations.projects.models import Distribution, Membership, Project, Role
from annotations.projects.queries import members, membership_in
from annotations.web.api import ApiView, etagged, if_match


class ProjectRules(serializers.Serializer[Any]):
    """How a project works."""

    name = serializers.CharField(max_length=200, required=False)
    labels_per_claim = serializers.IntegerField(min_value=1, max_value=20, required=False)
    blind = serializers.BooleanField(required=False)
    four_eyes = serializers.BooleanField(required=False)
    distribution = serializers.ChoiceField(choices=Distribution.choices, required=False)
    presence = serializers.BooleanField(required=False)
    verdict_days = serializers.IntegerField(min_value=1, max_value=3650, required=False, allow_null=True)
    checklist = serializers.ListField(
        child=serializers.CharField(max_length=300),
        max_length=20,
        required=False,
        help_text="What the person who approves a verdict has to tick first.",
    )


class ProjectChange(ProjectRules):
    """What may be changed of a project; labels, blind and four eyes only until an article is open."""

    training = serializers.BooleanField(required=False)
    public = serializers.BooleanField(required=False, help_text="Whether releases have pages for everybody.")


class ProjectOut(serializers.Serializer[Any]):
    """A project as one of its members sees it."""

    slug = serializers.CharField()
    name = serializers.CharField()
    labels_per_claim = serializers.IntegerField()
    blind = serializers.BooleanField()
    four_eyes = serializers.BooleanField()
    distribution = serializers.ChoiceField(choices=Distribution.choices)
    presence = serializers.BooleanField()
    training = serializers.BooleanField()
    public = serializers.BooleanField()
    verdict_days = serializers.IntegerField(allow_null=True)
    checklist = serializers.ListField(child=serializers.CharField())
    rules_frozen = serializers.BooleanField()
    codebook_version = serializers.CharField(allow_null=True)
    version = serializers.IntegerField()
    role = serializers.ChoiceField(choices=Role.choices)


class MemberIn(serializers.Serializer[Any]):
    """Who becomes a member, and as what."""

    username = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(choices=Role.choices)


class RoleIn(serializers.Serializer[Any]):
    """Another role."""

    role = serializers.ChoiceField(choices=Role.choices)


class MemberOut(serializers.Serializer[Any]):
    """One member."""

    username = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)


def project_out(project: Project, role: str) -> dict[str, Any]:
    """The project as the API shows it to somebody of this role."""
    return {
        "slug": project.slug,
        "name": project.name,
        "labels_per_claim": project.labels_per_claim,
        "blind": project.blind,
        "four_eyes": project.four_eyes,
        "distribution": project.distribution,
        "presence": project.presence,
        "training": project.training,
        "public": project.public,
        "verdict_days": project.verdict_days,
        "checklist": project.checklist,
        "rules_frozen": project.rules_frozen_at is not None,
        "codebook_version": project.codebook.version if project.codebook else None,
        "version": project.version,
        "role": role,
    }


def member_out(membership: Membership) -> dict[str, str]:
    """The member as the API shows them."""
    return {"username": membership.user.get_username(), "role": membership.role}


class ProjectDetail(ApiView):
    """One project."""

    @extend_schema(operation_id="project_read", responses=ProjectOut)
    def get(self, request: ApiRequest, slug: str) -> Response:
        """The project and my role in it."""
        membership = membership_in(request.user, slug)
        project = membership.project
        return etagged(Response(project_out(project, membership.role)), project.version)

    @extend_schema(operation_id="project_edit", request=ProjectChange(partial=True), responses=ProjectOut)
    def patch(self, request: ApiRequest, slug: str) -> Response:
        """Change name or rules; `If-Match` is optional."""
        role = membership_in(request.user, slug).role
        require(role, Action.EDIT_PROJECT)
        changes = self.body(ProjectChange)
        project = services.edit_project(request.user, slug=slug, changes=changes, version=if_match(request))
        return etagged(Response(project_out(project, role)), project.version)


class MemberList(ApiView):
    """The members of a project."""

    ordering = ("created_at", "id")

    @extend_schema(operation_id="member_list", responses=MemberOut(many=True))
    def get(self, request: ApiRequest, slug: str) -> Response:
        """Everybody in the project."""
        return self.page(members(membership_in(request.user, slug).project), member_out)

    @extend_schema(operation_id="member_add", request=MemberIn, responses={201: MemberOut})
    def post(self, request: ApiRequest, slug: str) -> Response:
        """Make a user a member."""
        require_member(membership_in(request.user, slug), Action.MANAGE_MEMBERS)
        membership = services.add_member(request.user, slug=slug, **self.body(MemberIn))
        return Response(member_out(membership), status=201)


class MemberDetail(ApiView):
    """One member."""

    @extend_schema(operation_id="member_change", request=RoleIn, responses=MemberOut)
    def patch(self, request: ApiRequest, slug: str, username: str) -> Response:
        """Give the member another role."""
        require_member(membership_in(request.user, slug), Action.MANAGE_MEMBERS)
        membership = services.change_role(request.user, slug=slug, username=username, **self.body(RoleIn))
        return Response(member_out(membership))

    @extend_schema(operation_id="member_remove", responses={204: None})
    def delete(self, request: ApiRequest, slug: str, username: str) -> Response:
        """End a membership; what the person did stays."""
        services.remove_member(request.user, slug=slug, username=username)
        return Response(status=204)
