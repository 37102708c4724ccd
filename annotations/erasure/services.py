"""Erasing a person: their name goes from everywhere, what they did stays."""

import secrets

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from annotations.accounts.models import ApiToken, User
from annotations.audit.renaming import rename_in_log
from annotations.audit.services import record
from annotations.discussion.mentions import pieces
from annotations.discussion.models import Comment, EarlierText
from annotations.errors import InvalidInput, WrongState
from annotations.notifications.models import Notification
from annotations.projects.models import Membership, Role
from annotations.projects.services import remove_member
from annotations.web.models import IdempotencyKey
from annotations.web.wording import listed

DIGITS = 8


@transaction.atomic
def erase_person(user: User, *, confirmed: str) -> User:
    """Replace who a person is by a name that says nothing; labels, verdicts and the log stay, under that name.

    Their memberships, tokens, notifications and signed-in browsers end. `confirmed` is their name, as they typed it:
    400 where it is another. 409 naming the projects that would be left without a manager.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    old, new = user.get_username(), f"erased-{secrets.token_hex(DIGITS // 2)}"
    if confirmed != old:
        raise InvalidInput.field("confirmed", _("Type your name, %(name)s, exactly as it is.") % {"name": old})
    _keep_managers(user)
    _forget(user, new)
    for slug in user.memberships.order_by("project_id").values_list("project__slug", flat=True):
        remove_member(user, slug=slug, username=new)
    _rename_in_comments(old, new)
    rename_in_log(old, new)
    record(user, "user.erased", user)
    return user


def _keep_managers(user: User) -> None:
    managed = Membership.objects.filter(user=user, role=Role.MANAGER).select_related("project")
    others = Membership.objects.filter(role=Role.MANAGER, user__is_active=True).exclude(user=user)
    kept = set(others.values_list("project_id", flat=True))
    alone = [row.project.name for row in managed.order_by("project_id") if row.project_id not in kept]
    if alone:
        told = _("You are the last manager of %(projects)s. Make somebody else a manager there first.")
        raise WrongState(told % {"projects": listed(alone)})


def _forget(user: User, new: str) -> None:
    """The person's own rows."""
    old = user.get_username()
    user.username, user.email, user.first_name, user.last_name, user.is_active = new, "", "", "", False
    user.is_staff = user.is_superuser = user.shows_presence = False
    user.set_unusable_password()
    user.save()
    ApiToken.objects.filter(user=user).delete()
    Notification.objects.filter(recipient=user).delete()
    IdempotencyKey.objects.filter(Q(user=user) | Q(path__contains=old)).delete()
    for attempts in (AccessAttempt, AccessLog, AccessFailureLog):
        attempts.objects.filter(username__iexact=old).delete()


def _rename_in_comments(old: str, new: str) -> None:
    """Mentions follow the person; what others wrote about them otherwise is theirs."""
    for model in (Comment, EarlierText):
        for row in model.objects.filter(text__icontains=f"@{old}"):
            row.text = "".join(f"@{new}" if piece.name else piece.text for piece in pieces(row.text, [old]))
            row.save(update_fields=["text"])
