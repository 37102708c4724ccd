"""Pages of members, invitations and settings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.forms import NewUserForm
from annotations.accounts.requests import PageRequest
from annotations.accounts.views import BACKEND
from annotations.errors import NotVisible, StaleVersion, WorkbenchError
from annotations.projects import services
from annotations.projects.access import Action, may, require_member
from annotations.projects.forms import ROLES, MemberForm, RoleForm, SettingsForm
from annotations.projects.joining import join_as_newcomer
from annotations.projects.models import Membership, Project
from annotations.projects.queries import members as members_of
from annotations.projects.queries import membership_in, memberships_of, open_invitations
from annotations.projects.wording import CHECKLIST, ROLE_WORDS
from annotations.web.forms import form_page, refuse

SETTINGS = (
    "name", "labels_per_claim", "blind", "four_eyes", "distribution", "presence", "training", "public",
    "verdict_days", "checklist",
)  # fmt: skip


@require_safe
@login_required
def members(request: PageRequest, slug: str) -> HttpResponse:
    """Who is in the project, as what; managers add people here."""
    return _members(request, membership_in(request.user, slug))


@require_POST
@login_required
def member_add(request: PageRequest, slug: str) -> HttpResponse:
    """Make somebody with an account a member."""
    membership, form = _managing(request, slug), MemberForm(request.POST)
    if not form.is_valid():
        return _members(request, membership, status=400, member_form=form)
    try:
        added = services.add_member(request.user, slug=slug, **form.cleaned_data)
    except WorkbenchError as error:
        return _members(request, membership, status=refuse(form, error), member_form=form)
    messages.success(request, _("%(name)s is a member now.") % {"name": added.user.get_username()})
    return redirect("members", slug)


@require_POST
@login_required
def member_role(request: PageRequest, slug: str, username: str) -> HttpResponse:
    """Give a member another role."""
    membership, form = _managing(request, slug), RoleForm(request.POST)
    if not form.is_valid():
        return _members(request, membership, status=400, refused=_("Choose one of the roles."))
    try:
        changed = services.change_role(request.user, slug=slug, username=username, role=form.cleaned_data["role"])
    except NotVisible:
        raise
    except WorkbenchError as error:
        return _members(request, membership, status=error.status, refused=error.detail)
    messages.success(request, _("%(name)s is %(role)s now.") % {"name": username, "role": ROLE_WORDS[changed.role]})
    return redirect("members", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def member_remove(request: PageRequest, slug: str, username: str) -> HttpResponse:
    """Ask by name whether to end a membership (or to leave), then do it."""
    membership = membership_in(request.user, slug)
    leaving = username == request.user.username
    if not leaving:
        require_member(membership, Action.MANAGE_MEMBERS)
    refused, status = "", 200
    if request.method == "POST":
        try:
            services.remove_member(request.user, slug=slug, username=username)
        except NotVisible:
            raise
        except WorkbenchError as error:
            refused, status = error.detail, error.status
        else:
            messages.success(request, _("%(name)s is no member any more.") % {"name": username})
            return redirect("home") if leaving else redirect("members", slug)
    if not members_of(membership.project).filter(user__username=username).exists():
        raise NotVisible
    context = {"membership": membership, "username": username, "leaving": leaving, "refused": refused}
    return render(request, "annotations/projects/member_remove.html", {**context, "section": "members"}, status=status)


@require_POST
@login_required
def invite(request: PageRequest, slug: str) -> HttpResponse:
    """Make an invitation link; this answer is the only place it is ever shown."""
    membership, form = _managing(request, slug), RoleForm(request.POST)
    if not form.is_valid():
        return _members(request, membership, status=400, refused=_("Choose one of the roles."))
    invitation, secret = services.invite(request.user, slug=slug, role=form.cleaned_data["role"])
    link = request.build_absolute_uri(reverse("invitation", args=[secret]))
    return _members(request, membership, status=201, invitation=invitation, link=link)


@require_POST
@login_required
def invitation_revoke(request: PageRequest, slug: str, id: UUID) -> HttpResponse:
    """Take an invitation back."""
    services.revoke_invitation(request.user, slug=slug, invitation_id=id)
    messages.success(request, _("The invitation is taken back: its link opens nothing any more."))
    return redirect("members", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """What somebody invited comes to: a button to join, or a form that makes an account and joins."""
    try:
        found = services.invitation_of(secret)
        if request.user.is_authenticated:
            return _join(request, secret, found.project, {"invitation": found})
        return _join_as_newcomer(request, secret, {"invitation": found, "next": request.path})
    except NotVisible as gone:
        return render(request, "annotations/projects/invitation_over.html", {"detail": gone.detail}, status=404)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_settings(request: PageRequest, slug: str) -> HttpResponse:
    """Name and rules. A stale save shows what is stored beside what was typed."""
    membership = membership_in(request.user, slug)
    require_member(membership, Action.EDIT_PROJECT)
    project, context = membership.project, dict[str, Any](membership=membership, suggested=CHECKLIST)
    stored = {name: getattr(project, name) for name in SETTINGS}
    if request.method != "POST":
        form = SettingsForm(initial={**stored, "version": project.version}, frozen=_frozen(project))
        return form_page(request, "annotations/projects/settings.html", form, **context)
    form = SettingsForm(request.POST, initial=stored, frozen=_frozen(project))
    if not form.is_valid():
        return form_page(request, "annotations/projects/settings.html", form, **context)
    typed = {name: form.cleaned_data[name] for name in SETTINGS}
    try:
        services.edit_project(request.user, slug=slug, changes=typed, version=form.cleaned_data["version"])
    except StaleVersion as error:
        differing = [name for name in SETTINGS if stored[name] != typed[name]]
        conflict = [(form[name].label, _told(stored[name]), _told(typed[name])) for name in differing]
        again = SettingsForm(initial={**typed, "version": project.version}, frozen=_frozen(project))
        context |= {"conflict": conflict, "detail": error.detail}
        return form_page(request, "annotations/projects/settings.html", again, status=error.status, **context)
    except WorkbenchError as error:
        status = refuse(form, error)
        return form_page(request, "annotations/projects/settings.html", form, status=status, **context)
    messages.success(request, _("Saved."))
    return redirect("project-settings", slug)


def _told(value: Any) -> Any:
    return "\n".join(value) if isinstance(value, list) else value


def _managing(request: PageRequest, slug: str) -> Membership:
    membership = membership_in(request.user, slug)
    require_member(membership, Action.MANAGE_MEMBERS)
    return membership


def _members(request: PageRequest, membership: Membership, *, status: int = 200, **context: Any) -> HttpResponse:
    page = {"membership": membership, "members": members_of(membership.project), "roles": ROLES, "section": "members"}
    if may(membership.role, Action.MANAGE_MEMBERS):
        page |= {"member_form": MemberForm(), "invite_form": RoleForm(auto_id="invite_%s")}
        page["invitations"] = open_invitations(membership.project)
    return render(request, "annotations/projects/members.html", page | context, status=status)


def _join(request: HttpRequest, secret: str, project: Project, context: dict[str, Any]) -> HttpResponse:
    if memberships_of(request.user).filter(project=project).exists():  # type: ignore[arg-type]  # signed in
        messages.info(request, _("You are a member already. The invitation is still good for somebody else."))
        return redirect("project", project.slug)
    if request.method != "POST":
        return render(request, "annotations/projects/invitation.html", context)
    services.accept_invitation(request.user, secret=secret)  # type: ignore[arg-type]  # signed in
    messages.success(request, _("Welcome to %(project)s.") % {"project": project.name})
    return redirect("project", project.slug)


def _join_as_newcomer(request: HttpRequest, secret: str, context: dict[str, Any]) -> HttpResponse:
    form = NewUserForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form_page(request, "annotations/projects/invitation.html", form, **context)
    try:
        user, project = join_as_newcomer(secret=secret, **form.cleaned_data)
    except NotVisible:
        raise
    except WorkbenchError as error:
        status = refuse(form, error)
        return form_page(request, "annotations/projects/invitation.html", form, status=status, **context)
    login(request, user, backend=BACKEND)
    messages.success(request, _("Welcome to %(project)s.") % {"project": project.name})
    return redirect("project", project.slug)


def _frozen(project: Project) -> bool:
    return project.rules_frozen_at is not None
