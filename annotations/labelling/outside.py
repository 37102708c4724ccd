"""What was said in other tools, kept beside the claims it speaks of."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from annotations.accounts.models import User
from annotations.articles.queries import article_for
from annotations.claims.models import Claim, Status
from annotations.labelling.models import OutsideLabel
from annotations.projects.access import Action, require

Span = tuple[int, int]


class Heard(NamedTuple):
    """Who said what elsewhere, and which of our labels that means."""

    annotator: str
    name: str
    label: str | None


@transaction.atomic
def keep_outside_labels(actor: User, *, article_id: UUID, said: Mapping[Span, Sequence[Heard]], origin: str) -> None:
    """Keep what was said of these spans of an article, wherever a claim has the span; what is kept already stays.

    The import it comes from is the event of it: what the labels say is nothing for the log.
    """
    article = article_for(actor, article_id, lock=True)
    require(article.role, Action.EDIT_ARTICLES)
    claims = Claim.objects.filter(article=article).exclude(status=Status.VOID).values_list("id", "start", "end")
    rows = [
        OutsideLabel(claim_id=key, start=start, end=end, origin=origin, imported_by=actor, **heard._asdict())
        for key, start, end in claims
        for heard in said.get((start, end), ())
    ]
    OutsideLabel.objects.bulk_create(rows, batch_size=2000, ignore_conflicts=True)
