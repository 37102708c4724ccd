"""Who else has an article open: names alone, never at which claim, and only where the project shows it.

It knows nothing of labels and follows from none: an open page says every now and then that it is there.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.queries import article_for
from annotations.live.models import Presence

STAYS = timedelta(seconds=60)  # open pages say it every 20 s


def others_here(user: User, article: Article) -> list[str]:
    """The names of the other members who are in the article and let others see it; of nobody where it is not shown."""
    if not article.project.presence:
        return []
    rows = Presence.objects.filter(
        article=article,
        seen_at__gt=timezone.now() - STAYS,
        user__is_active=True,
        user__shows_presence=True,
        user__memberships__project=article.project_id,
    )
    return list(rows.exclude(user=user.pk).order_by("user__username").values_list("user__username", flat=True))


@transaction.atomic
def be_here(actor: User, *, article_id: UUID) -> Article:
    """Say that the actor has the article open, where that is shown; 404 where they may not see it."""
    article = article_for(actor, article_id)
    if article.project.presence and actor.shows_presence:
        now = timezone.now()
        Presence.objects.bulk_create(
            [Presence(article=article, user=actor, seen_at=now)],
            update_conflicts=True,
            unique_fields=["article", "user"],
            update_fields=["seen_at"],
        )
    return article


@transaction.atomic
def leave(actor: User, *, article_id: UUID) -> None:
    """Say that the actor has left the article; 404 where they may not see it."""
    Presence.objects.filter(article=article_for(actor, article_id), user=actor).delete()


def purge_presence() -> int:
    """Delete what has expired, so that nobody's ways are kept; how many rows."""
    return Presence.objects.filter(seen_at__lt=timezone.now() - STAYS).delete()[0]
