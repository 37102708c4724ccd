"""Takes a published release back: its files stay, so that whoever cited it can check them, and all are told why."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.errors import InvalidInput, WrongState
from annotations.projects.access import Action, require_member
from annotations.projects.queries import locked_project, membership_in
from annotations.releases.models import Release, Withdrawal
from annotations.releases.queries import release_for

LONGEST = 2000


@transaction.atomic
def withdraw_release(actor: User, *, release_id: UUID, reason: str) -> Release:
    """Withdraw a release, once and for all, for a reason that everybody may read.

    400 without a reason, 403 below manager, 409 where it was withdrawn before.
    """
    release = release_for(actor, release_id)
    require_member(membership_in(actor, release.project.slug), Action.RELEASE)
    locked_project(release.project_id)
    why = reason.strip()
    if not why:
        raise InvalidInput.field("reason", _("Say why, for everybody who has cited it."))
    if len(why) > LONGEST:
        most = ngettext("At most %(n)d character.", "At most %(n)d characters.", LONGEST) % {"n": LONGEST}
        raise InvalidInput.field("reason", most)
    if Withdrawal.objects.filter(release=release).exists():
        raise WrongState(_("This release was withdrawn before."))
    Withdrawal.objects.create(release=release, reason=why, at=timezone.now(), by=actor)
    told: dict[str, Any] = {"release": release.public_id, "number": release.number, "reason": why}
    record(actor, "release.withdrawn", release, project=release.project_id, **told)
    return release_for(actor, release_id)
