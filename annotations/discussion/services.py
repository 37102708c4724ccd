"""Writes of comments."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.claims.models import Claim
from annotations.claims.queries import claim_for
from annotations.discussion.mentions import mentions
from annotations.discussion.models import Comment, EarlierText
from annotations.discussion.queries import comment_for
from annotations.errors import InvalidInput, NotPermitted, StaleVersion, WrongState
from annotations.notifications.models import Kind
from annotations.notifications.services import notify
from annotations.projects.access import Action, require
from annotations.projects.queries import members as members_of
from annotations.projects.queries import membership_in

LONGEST = 5000  # characters


@transaction.atomic
def write_comment(actor: User, *, claim_id: UUID, text: str) -> Comment:
    """Say something of a claim. 409 while it is open for labelling."""
    claim = claim_for(actor, claim_id)
    require(claim.role, Action.COMMENT)
    check_discussed(claim)
    comment = Comment.objects.create(claim=claim, author=actor, text=_checked(text))
    _notify(actor, comment, before="")
    _tell(actor, "comment.written", comment)
    return comment


@transaction.atomic
def edit_comment(actor: User, *, comment_id: UUID, text: str, version: int | None = None) -> Comment:
    """Give one's own comment another text; the one before is kept. 409 for a removed one, 412 for a stale `version`."""
    comment = comment_for(actor, comment_id, lock=True)
    require(membership_in(actor, comment.claim.project.slug).role, Action.COMMENT)
    if comment.author_id != actor.pk:
        raise NotPermitted(_("Only who wrote a comment can edit it."))
    _check_standing(comment)
    if version is not None and version != comment.version:
        current = {"version": comment.version, "text": comment.text}
        raise StaleVersion(_("You edited this comment elsewhere meanwhile."), extra={"current": current})
    text = _checked(text)
    if text == comment.text:
        return comment
    written_at = comment.edited_at or comment.created_at
    EarlierText.objects.create(comment=comment, version=comment.version, text=comment.text, written_at=written_at)
    before, comment.text = comment.text, text
    comment.version, comment.edited_at = comment.version + 1, timezone.now()
    comment.save(update_fields=["text", "version", "edited_at"])
    _notify(actor, comment, before=before)
    _tell(actor, "comment.edited", comment)
    return comment_for(actor, comment.pk)


@transaction.atomic
def remove_comment(actor: User, *, comment_id: UUID) -> Comment:
    """Take a comment's words away, one's own or (managers) anybody's; a marker stays. 409 for a removed one."""
    comment = comment_for(actor, comment_id, lock=True)
    own = comment.author_id == actor.pk
    require(membership_in(actor, comment.claim.project.slug).role, Action.COMMENT if own else Action.REMOVE_COMMENT)
    _check_standing(comment)
    comment.earlier.all().delete()
    comment.text, comment.removed_at, comment.removed_by = "", timezone.now(), actor
    comment.save(update_fields=["text", "removed_at", "removed_by"])
    _tell(actor, "comment.removed", comment, **({} if own else {"username": comment.author.get_username()}))
    return comment


def check_discussed(claim: Claim) -> None:
    """Refuse (409) a claim whose labelling has not closed."""
    if claim.labelling_closed_at is None:
        raise WrongState(_("A claim is discussed once its labelling has closed."))


def _check_standing(comment: Comment) -> None:
    if comment.removed_at is not None:
        raise WrongState(_("This comment was removed."))


def _checked(text: str) -> str:
    text = text.strip()
    if not text:
        raise InvalidInput.field("text", _("Write something."))
    if len(text) > LONGEST:
        told = ngettext(
            "At most %(n)d character; this has %(has)d.", "At most %(n)d characters; this has %(has)d.", LONGEST
        )
        raise InvalidInput.field("text", told % {"n": LONGEST, "has": len(text)})
    return text


def _notify(actor: User, comment: Comment, *, before: str) -> None:
    """Tell the members whom the comment mentions now and did not before."""
    members = {one.user.get_username(): one.user_id for one in members_of(comment.claim.project)}
    new = set(mentions(comment.text, members).members) - set(mentions(before, members).members)
    people = [members[name] for name in new]
    claim = comment.claim
    notify(actor, Kind.MENTIONED, people, project_id=claim.project_id, claim=claim, comment=comment)


def _tell(actor: User, verb: str, comment: Comment, **data: Any) -> None:
    claim = comment.claim
    record(actor, verb, comment, project=claim.project_id, article=claim.article_id, claim=claim.pk, **data)
