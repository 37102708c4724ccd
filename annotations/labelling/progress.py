"""How far I am: my own labels, counted over articles and claims. Nothing here counts anybody else's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from annotations.articles.models import Article
from annotations.claims.models import Claim, Status
from annotations.claims.queries import visible_claims
from annotations.labelling.models import Label
from annotations.labelling.queries import labellable, visible_labels
from annotations.projects.queries import Person


@dataclass(frozen=True)
class Mine:
    """Of `claims` in an article, how many have a label of mine."""

    labelled: int
    claims: int


def my_own_labels(user: Person, article: Article) -> dict[UUID, Label]:
    """My labels in an article by claim, without what they were made under."""
    rows = visible_labels(user).filter(reviewer_id=user.pk, claim__article=article, current__isnull=False)
    return {label.claim_id: label for label in rows.select_related(None).select_related("current").order_by()}


def my_words(user: Person, claims: Sequence[Claim]) -> dict[UUID, str]:
    """My label on each of the claims that has one."""
    rows = visible_labels(user).filter(reviewer_id=user.pk, claim__in=claims, current__isnull=False)
    return dict(rows.select_related(None).order_by().values_list("claim_id", "current__label"))


def my_progress(user: Person, articles: Iterable[Article]) -> dict[UUID, Mine]:
    """My labels in each of the articles, of the claims that I have labelled or still may; no row without claims."""
    ids = [article.pk for article in articles]
    mine = visible_labels(user).filter(reviewer_id=user.pk, claim__article__in=ids).exclude(claim__status=Status.VOID)
    still_open = visible_claims(user).filter(labellable(user), article__in=ids, status=Status.LABELLING)
    waiting = dict(_counted(still_open.exclude(pk__in=mine.values("claim")), "article_id"))
    labelled = dict(_counted(mine, "claim__article_id"))
    counts = {id: Mine(labelled.get(id, 0), labelled.get(id, 0) + waiting.get(id, 0)) for id in ids}
    return {id: share for id, share in counts.items() if share.claims}


def _counted(rows: QuerySet[Claim] | QuerySet[Label], key: str) -> QuerySet[Any, tuple[UUID, int]]:
    """Pairs of an article and how many of the rows it has."""
    return rows.select_related(None).order_by().values_list(key).annotate(n=Count("pk"))
