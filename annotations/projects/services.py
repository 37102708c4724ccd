"""Writes of projects, members and invitations."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.accounts.queries import user_named
from annotations.accounts.secrets import digest, new_secret
from annotations.audit.services import record
from annotations.errors import InvalidInput, NotVisible, StaleVersion, WrongState
from annotations.projects.access import Action, require_member
from annotations.projects.models import Distribution, Invitation, Membership, Project, Role
from annotations.projects.queries import locked_project, managers, membership_in
from annotations.projects.wording import ROLE_WORDS

INVITATION_DAYS = 14
Change = str | int | bool | list[str] | None
RULES = ("blind", "four_eyes", "labels_per_claim")


@transaction.atomic
def create_project(
    actor: User,
    *,
    slug: str,
    name: str,
    labels_per_claim: int = 2,
    blind: bool = True,
    four_eyes: bool = True,
    distribution: str = Distribution.OPEN,
    presence: bool | None = None,
    verdict_days: int | None = None,
    checklist: Sequence[str] = (),
) -> Membership:
    """A new project with the actor as its manager. 400 where the slug is taken, or is a page of its own.

    Where nothing is said of `presence`, a blind project is without.
    """
    if slug == "new":
        raise InvalidInput.field(
            "slug", _("The address /projects/new/ is the form for new projects. Choose another slug.")
        )
    try:
        with transaction.atomic():
            project = Project.objects.create(
                slug=slug,
                name=name,
                labels_per_claim=labels_per_claim,
                blind=blind,
                four_eyes=four_eyes,
                distribution=distribution,
                presence=not blind if presence is None else presence,
                verdict_days=verdict_days,
                checklist=list(checklist),
                created_by=actor,
            )
    except IntegrityError:
        told = _("A project called %(slug)s exists already. Choose another slug.") % {"slug": slug}
        raise InvalidInput.field("slug", told) from None
    membership = Membership.objects.create(project=project, user=actor, role=Role.MANAGER)
    record(actor, "project.created", project, project=project.pk, name=name, slug=slug)
    return membership


@transaction.atomic
def edit_project(actor: User, *, slug: str, changes: dict[str, Change], version: int | None = None) -> Project:
    """Change name, rules or presence. 409 for a rule once an article is open; 412 where `version` is stale.

    Who makes a project blind, and says nothing of presence, switches that off.
    """
    membership = membership_in(actor, slug)
    require_member(membership, Action.EDIT_PROJECT)
    project = locked_project(membership.project_id)
    if version is not None and version != project.version:
        raise StaleVersion(
            _("Somebody changed the project meanwhile."), extra={"current": {"version": project.version}}
        )
    if changes.get("blind") and not project.blind:
        changes = {"presence": False, **changes}
    changed = {key: value for key, value in changes.items() if getattr(project, key) != value}
    frozen = [key for key in RULES if key in changed] if project.rules_frozen_at else []
    if frozen:
        told = _("%(names)s cannot change any more: an article of this project has been opened.")
        raise WrongState(
            told % {"names": ", ".join(frozen)},
            errors={key: [_("Fixed since the first article was opened.")] for key in frozen},
        )
    if changed.get("training") and not project.gold_claims.filter(removed_at=None).exists():
        told = _("The training needs at least one gold claim. Add some on its page first.")
        raise WrongState(told, errors={"training": [told]})
    if changed.get("public") and not settings.PUBLIC_URL:
        told = _("The server does not know its public address. Whoever runs it sets PUBLIC_URL.")
        raise WrongState(told, errors={"public": [told]})
    if not changed:
        return project
    before = {key: getattr(project, key) for key in changed}
    for key, value in changed.items():
        setattr(project, key, value)
    project.version += 1
    project.save(update_fields=[*changed, "version"])
    record(actor, "project.edited", project, project=project.pk, before=before, after=changed)
    return project


@transaction.atomic
def add_member(actor: User, *, slug: str, username: str, role: str) -> Membership:
    """Make a user a member. 400 for a name nobody has, 409 for somebody who is a member."""
    project = _managed(actor, slug)
    user = user_named(username)
    if user is None:
        told = _("Nobody is called %(name)s. Send them an invitation link instead.") % {"name": username}
        raise InvalidInput.field("username", told)
    membership, created = Membership.objects.get_or_create(project=project, user=user, defaults={"role": role})
    if not created:
        told = _("%(name)s is a member already, as %(role)s.")
        raise WrongState(told % {"name": user.username, "role": ROLE_WORDS[membership.role]})
    record(actor, "member.added", membership, project=project.pk, username=user.username, role=role)
    return membership


@transaction.atomic
def change_role(actor: User, *, slug: str, username: str, role: str) -> Membership:
    """Give a member another role. 409 where that would leave the project without a manager."""
    project = _managed(actor, slug)
    membership = _member(project, username)
    before = membership.role
    if before != role:
        _keep_a_manager(project, membership)
        _end_invitations(actor, project, membership.user)
        membership.role = role
        membership.save(update_fields=["role"])
        record(
            actor, "member.role_changed", membership, project=project.pk, username=username, before=before, after=role
        )
    return membership


@transaction.atomic
def remove_member(actor: User, *, slug: str, username: str) -> None:
    """End a membership; what the person did stays. Anybody may leave; others are removed by a manager."""
    membership = membership_in(actor, slug)
    if membership.user.username != username:
        require_member(membership, Action.MANAGE_MEMBERS)
    project = locked_project(membership.project_id)
    leaving = _member(project, username)
    _keep_a_manager(project, leaving)
    _end_invitations(actor, project, leaving.user)
    record(actor, "member.removed", leaving, project=project.pk, username=username, role=leaving.role)
    leaving.delete()


@transaction.atomic
def invite(actor: User, *, slug: str, role: str) -> tuple[Invitation, str]:
    """An invitation and the secret of its link, which is shown once."""
    project = _managed(actor, slug)
    secret = new_secret()
    invitation = Invitation.objects.create(
        project=project,
        role=role,
        sha256=digest(secret),
        invited_by=actor,
        expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    record(actor, "invitation.made", invitation, project=project.pk, role=role)
    return invitation, secret


@transaction.atomic
def revoke_invitation(actor: User, *, slug: str, invitation_id: UUID) -> None:
    """Take an invitation back."""
    project = _managed(actor, slug)
    invitation = project.invitations.filter(pk=invitation_id, accepted_at=None, revoked_at=None).first()
    if invitation is None:
        raise NotVisible
    _revoke(actor, invitation)


def invitation_of(secret: str) -> Invitation:
    """The invitation a link stands for; 404 where it was used, revoked or is too old."""
    rows = Invitation.objects.select_related("project", "invited_by").filter(
        sha256=digest(secret), accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )
    invitation = rows.first()
    if invitation is None:
        raise NotVisible(_("This invitation is no longer good. Ask for a new link."))
    return invitation


@transaction.atomic
def accept_invitation(actor: User, *, secret: str) -> Project:
    """Become a member by link, once. Somebody who is a member keeps their role, and the link stays good."""
    invitation = invitation_of(secret)
    project = locked_project(invitation.project_id)
    invitation = invitation_of(secret)
    if Membership.objects.filter(project=project, user=actor).exists():
        return project
    membership = Membership.objects.create(project=project, user=actor, role=invitation.role)
    invitation.accepted_by, invitation.accepted_at = actor, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    record(actor, "member.joined", membership, project=project.pk, username=actor.username, role=membership.role)
    return project


def _managed(actor: User, slug: str) -> Project:
    membership = membership_in(actor, slug)
    require_member(membership, Action.MANAGE_MEMBERS)
    return locked_project(membership.project_id)


def _member(project: Project, username: str) -> Membership:
    membership = Membership.objects.select_related("user").filter(project=project, user__username=username).first()
    if membership is None:
        raise NotVisible(_("%(name)s is not a member of this project.") % {"name": username})
    return membership


def _end_invitations(actor: User, project: Project, leaving: User) -> None:
    """A link that somebody kept must not give back the role they lost."""
    for invitation in project.invitations.filter(invited_by=leaving, accepted_at=None, revoked_at=None):
        _revoke(actor, invitation)


def _revoke(actor: User, invitation: Invitation) -> None:
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    record(actor, "invitation.revoked", invitation, project=invitation.project_id)


def _keep_a_manager(project: Project, leaving: Membership) -> None:
    if leaving.role == Role.MANAGER and not managers(project).exclude(pk=leaving.pk).exists():
        told = _("%(name)s is the last manager. Make somebody else a manager first.")
        raise WrongState(told % {"name": leaving.user.username})
