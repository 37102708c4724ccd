"""A discussion as a page shows it: each comment in pieces, with what its reader may do to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.discussion.forms import CommentEditForm
from annotations.discussion.mentions import Piece, pieces
from annotations.discussion.models import Comment
from annotations.discussion.queries import comments_on
from annotations.projects.access import Action, may


@dataclass(frozen=True)
class Remark:
    """One comment. `form` edits it, where the reader wrote it; `removable` is whether they may remove it."""

    comment: Comment
    pieces: list[Piece]
    form: CommentEditForm | None
    removable: bool


def remarks(
    user: User, claim: Claim, names: Sequence[str], *, edited: UUID | None, form: CommentEditForm | None
) -> list[Remark]:
    """The comments on a claim, oldest first; `form` is the one that came back from editing the comment `edited`."""
    speaks, moderates = may(claim.role, Action.COMMENT), may(claim.role, Action.REMOVE_COMMENT)
    found = []
    for comment in comments_on(user, claim):
        own = speaks and comment.author_id == user.pk
        standing = comment.removed_at is None
        editing = (form if comment.pk == edited else None) or edit_form(comment)
        found.append(
            Remark(
                comment,
                pieces(comment.text, names),
                editing if own and standing else None,
                standing and (own or moderates),
            )
        )
    return found


def edit_form(comment: Comment) -> CommentEditForm:
    """The form that edits a comment, as it stands."""
    initial = {"text": comment.text, "version": comment.version}
    return CommentEditForm(initial=initial, auto_id=f"edit_{comment.pk}_%s")
