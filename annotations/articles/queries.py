"""Reads of articles."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Left, Substr
from django.utils.translation import gettext as _

from annotations.articles.models import Article
from annotations.errors import NotVisible
from annotations.projects.access import MEMBER_ROLE, Action, roles_for
from annotations.projects.queries import Person

OPENING = 80  # characters of a first line that name an article
SEARCHED = 2000  # characters among which that line is looked for
BLANK = " \t\n\u00a0\u3000"


def visible_articles(user: Person) -> QuerySet[Article]:
    """Articles of the user's projects, with the user's `role` there; drafts only where open work may be seen."""
    return (
        Article.objects.filter(project__memberships__user_id=user.pk)
        .annotate(**MEMBER_ROLE)
        .filter(Q(role__in=roles_for(Action.SEE_OPEN_WORK)) | ~Q(status=Article.Status.DRAFT))
        .select_related("project")
    )


def opening_line() -> Left:
    """The first line of a text, shortened, as SQL: it names an article without a title where texts are not fetched."""
    begins = Func(Left("text", SEARCHED), Value(BLANK), function="ltrim", output_field=TextField())
    first = Func(begins, Value("\n"), Value(1), function="split_part", output_field=TextField())
    return Left(first, OPENING)


def name_of(article: Article) -> str:
    """The article's title, or the first line of its text, shortened."""
    return article.title or article.text[:SEARCHED].lstrip(BLANK).partition("\n")[0][:OPENING]


def article_for(user: Person, article_id: UUID, *, lock: bool = False) -> Article:
    """The article, held until the transaction ends where `lock`; 404 where the user may not know of it."""
    rows = visible_articles(user).filter(pk=article_id)
    article = (rows.select_for_update(no_key=True, of=("self",)) if lock else rows).first()
    if article is None:
        raise NotVisible
    return article


def excerpts(article_id: UUID, spans: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The words at these spans of an article the reader may see, whose text is not fetched for them."""
    wanted = list(dict.fromkeys(spans))
    if not wanted:
        return {}
    pieces = [Substr("text", start + 1, end - start) for start, end in wanted]
    [found] = Article.objects.filter(pk=article_id).values_list(*pieces)
    return dict(zip(wanted, found, strict=True))


def unresolved(article: Article) -> list[str]:
    """What the missing provenance leaves open, a sentence each."""
    sentences = {
        "url": _("Without an address the text cannot be compared with what was published."),
        "published_on": _("Without a date, “today”, “Tuesday” or “last year” in the text cannot be resolved."),
        "publisher": _("Without a publisher nobody can be asked for a correction."),
        "author": _("Without an author, unattributed statements have no speaker."),
    }
    return [sentence for field, sentence in sentences.items() if not getattr(article, field)]
