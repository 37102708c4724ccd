"""Writes of articles: importing a text, completing what is known of it."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.articles.models import Article, Original
from annotations.articles.normalisation import Normalised, TextRejected, normalise, storable
from annotations.articles.provenance import refuse_day_to_come
from annotations.articles.queries import article_for, name_of
from annotations.audit.services import record
from annotations.errors import InvalidInput, StaleVersion, TooLarge, WorkbenchError, WrongState
from annotations.projects.access import Action, require, require_member
from annotations.projects.queries import locked_project, membership_in
from annotations.snapshots.models import Snapshot
from annotations.web.wording import said

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
PROVENANCE = ("title", "url", "publisher", "author", "published_on", "language")


@transaction.atomic
def import_article(
    actor: User,
    *,
    slug: str,
    text: str,
    language: str,
    title: str = "",
    url: str = "",
    publisher: str = "",
    author: str = "",
    published_on: date | None = None,
    media_type: str = "text/plain; charset=utf-8",
    snapshot: Snapshot | None = None,
    previous: Article | None = None,
) -> Article:
    """Store one text. 400 for a text that cannot be stored, 413 for 5 MB and more, 409 for one that is here already."""
    membership = membership_in(actor, slug)
    require_member(membership, Action.EDIT_ARTICLES)
    stored = _normalised(text)
    known = {"title": title, "url": url, "publisher": publisher, "author": author}
    article = Article(
        project=membership.project,
        text=stored.text,
        sha256=stored.sha256,
        length=stored.length,
        published_on=published_on,
        language=language,
        imported_by=actor,
        captured_at=snapshot.requested_at if snapshot else timezone.now(),
        snapshot=snapshot,
        previous=previous,
        **known,
    )
    _check(article)
    # Locking the project makes two imports of one text at once end in one article and one clear refusal.
    locked_project(membership.project_id)
    _refuse_twin(article)
    article.save(force_insert=True)
    Original.objects.create(article=article, body=text.encode(), sha256=stored.received_sha256, media_type=media_type)
    record(
        actor,
        "article.imported",
        article,
        project=membership.project_id,
        article=article.pk,
        sha256=article.sha256,
        length=article.length,
        title=title,
    )
    return article


@transaction.atomic
def complete_provenance(
    actor: User, *, article_id: UUID, changes: dict[str, Any], version: int | None = None
) -> Article:
    """Change what is known of where the text came from; the text never changes. 412 where `version` is stale."""
    article = article_for(actor, article_id, lock=True)
    require(article.role, Action.EDIT_ARTICLES)
    if version is not None and version != article.version:
        current = {key: getattr(article, key) for key in PROVENANCE}
        raise StaleVersion(
            _("Somebody changed the article's details meanwhile."),
            extra={"current": {"version": article.version, **current}},
        )
    changed = {key: value for key, value in changes.items() if getattr(article, key) != value}
    if not changed:
        return article
    before = {key: getattr(article, key) for key in changed}
    for key, value in changed.items():
        setattr(article, key, value)
    _check(article)
    article.version += 1
    article.save(update_fields=[*changed, "version"])
    record(
        actor,
        "article.provenance_changed",
        article,
        project=article.project_id,
        article=article.pk,
        before=before,
        after=changed,
    )
    return article


@transaction.atomic
def discard_article(actor: User, *, article_id: UUID) -> None:
    """Take a draft away with its units; the log keeps what it was, and its text may be imported again.

    409 once it was opened: from then on people's work hangs on it.
    """
    locked_project(article_for(actor, article_id).project_id)  # nobody is given a place in it meanwhile
    article = article_for(actor, article_id, lock=True)
    require(article.role, Action.EDIT_ARTICLES)
    refuse_opened(article)
    units = article.claims.count()
    Article.objects.filter(pk=article.pk).delete()
    record(
        actor,
        "article.discarded",
        article,
        project=article.project_id,
        article=article.pk,
        title=name_of(article),
        sha256=article.sha256,
        length=article.length,
        units=units,
    )


def refuse_opened(article: Article) -> None:
    """409 for an article that is no draft (any more)."""
    if article.status != Article.Status.DRAFT:
        raise WrongState(_("This article was opened for labelling: only a draft can be discarded."))


def stored_text(text: str) -> str:
    """The text as an import would store it. 400 for one that cannot be stored, 413 for 5 MB and more."""
    return _normalised(text).text


def _normalised(text: str) -> Normalised:
    try:
        return normalise(text)
    except TextRejected as error:
        raise _refusal(error) from None


def _check(article: Article) -> None:
    texts = {name: getattr(article, name) for name in PROVENANCE if name != "published_on"}
    if broken := [name for name, value in texts.items() if not storable(value)]:
        errors = {name: [_("A NUL or half a character stands in it. Take it out.")] for name in broken}
        raise InvalidInput(_("%(names)s cannot be stored.") % {"names": ", ".join(broken)}, errors=errors)
    refuse_day_to_come(article.published_on)
    if not LANGUAGE.fullmatch(article.language):
        raise InvalidInput.field("language", _("Send a BCP 47 language tag such as en, ar or pt-BR."))
    try:
        article.clean_fields(exclude=[field.name for field in Article._meta.fields if field.name not in PROVENANCE])
    except ValidationError as error:
        raise InvalidInput(_("Some details of the article need mending."), errors=error.message_dict) from None


def _refuse_twin(article: Article) -> None:
    twin = Article.objects.filter(project_id=article.project_id, sha256=article.sha256).first()
    if twin is not None:
        name = name_of(twin)
        told = _("This text is in the project already, as “%(name)s”.") % {"name": name}
        raise WrongState(told, extra={"first": str(twin.pk)})


def _refusal(error: TextRejected) -> WorkbenchError:
    kind, told = TooLarge if error.code == "too_large" else InvalidInput, said(error.message)
    return kind(told, errors={"text": [told]})
