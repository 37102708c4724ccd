"""Articles by address and as documents: fetched or uploaded as a snapshot, read, looked at, and then stored."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.queries import article_for
from annotations.audit.services import record
from annotations.claims.carrying import Quote, carried
from annotations.claims.models import Claim, Status
from annotations.claims.services import LONGEST_SEGMENTED, add_claims, import_and_propose
from annotations.errors import InvalidInput, NotVisible, WrongState
from annotations.jobs.models import Job
from annotations.projects.access import Action, require, require_member, roles_for
from annotations.projects.models import Membership
from annotations.projects.queries import Person, membership_in
from annotations.snapshots.models import Snapshot
from annotations.snapshots.services import request_snapshot
from annotations.snapshots.uploading import keep_upload

TOLD = ("title", "author", "publisher", "published_on")


def import_url(actor: User, *, slug: str, url: str, preview: bool = False) -> Snapshot:
    """Have an address fetched, to become an article: at once when it is here, or with `preview` when somebody says so.

    403 for who may not import, 409 where fetching is switched off.
    """
    membership = membership_in(actor, slug)
    require_member(membership, Action.EDIT_ARTICLES)
    about: dict[str, Any] = {"purpose": Snapshot.Purpose.ARTICLE, "params": {"import": not preview}}
    return request_snapshot(actor, project_id=membership.project_id, url=url, **about)


def fetch_again(actor: User, *, article_id: UUID) -> Snapshot:
    """Have the address of an article fetched again: where its text differs, it can become a new version.

    403 for who may not import, 409 for one without an address.
    """
    article = article_for(actor, article_id)
    require(article.role, Action.EDIT_ARTICLES)
    if not article.url:
        raise WrongState(_("This article has no address. Complete where it comes from first."))
    about: dict[str, Any] = {"purpose": Snapshot.Purpose.ARTICLE, "params": {"previous": str(article.pk)}}
    return request_snapshot(actor, project_id=article.project_id, url=article.url, **about)


def import_document(
    actor: User, *, slug: str, content: Iterable[bytes], name: str, media_type: str, preview: bool = False
) -> Snapshot:
    """The same for a document that somebody has as a file. 400 for an empty one, 413 for one that is too large."""
    membership = membership_in(actor, slug)
    require_member(membership, Action.EDIT_ARTICLES)
    about: dict[str, Any] = {"purpose": Snapshot.Purpose.ARTICLE, "params": {"import": not preview}}
    return keep_upload(actor, content, name=name, media_type=media_type, project_id=membership.project_id, **about)


def import_snapshot(actor: User, snapshot: Snapshot, *, text: str = "", **provenance: Any) -> Article:
    """Store what a snapshot brought as an article, with its units proposed; `text` and `provenance` stand for what
    somebody mended. 400 for one without a text, 409 for a text that is here already.
    """
    text = text or snapshot.text
    if not text:
        raise InvalidInput.field("text", str(snapshot.text_note or ""))
    told = {name: getattr(snapshot, name) for name in TOLD} | {"url": snapshot.final_url or snapshot.url} | provenance
    slug, previous = snapshot.project.slug, version_before(snapshot)
    if previous is not None:
        return _new_version(actor, previous, slug=slug, text=text, snapshot=snapshot, **told)
    segment = len(text) <= LONGEST_SEGMENTED
    return import_and_propose(actor, slug=slug, text=text, segment=segment, snapshot=snapshot, **told)


@transaction.atomic
def _new_version(actor: User, previous: Article, **values: Any) -> Article:
    """Store a newer text of an article, with those of its claims that stand in it exactly."""
    article = import_and_propose(actor, segment=False, previous=previous, **values)
    claims = list(living_claims(previous))
    spans = carried(previous.text, article.text, [Quote(claim.exact, claim.prefix, claim.suffix) for claim in claims])
    wanted = [
        {"start": span.start, "end": span.end, "kind": claim.kind, "proposition": claim.proposition}
        for claim, span in zip(claims, spans, strict=True)
        if span
    ]
    if wanted:
        add_claims(actor, article_id=article.pk, wanted=wanted)
    counts: dict[str, Any] = {"carried": len(wanted), "left": len(claims) - len(wanted)}
    record(
        actor,
        "article.versioned",
        article,
        project=article.project_id,
        article=article.pk,
        previous=str(previous.pk),
        **counts,
    )
    return article


def version_before(snapshot: Snapshot) -> Article | None:
    """The article of which the snapshot was asked for as a newer text."""
    named = snapshot.job.params.get("previous") if snapshot.job else None
    return Article.objects.filter(pk=named, project_id=snapshot.project_id).first() if named else None


def living_claims(article: Article) -> QuerySet[Claim]:
    """The claims of an article that count, in the order of the text."""
    return Claim.objects.filter(article=article).exclude(status=Status.VOID).order_by("start", "end", "id")


def left_behind(article: Article) -> list[Claim]:
    """The claims of the version before whose words are no unit of this one: a person looks at them."""
    if article.previous is None:
        return []
    here, left = Counter(living_claims(article).values_list("exact", flat=True)), []
    for claim in living_claims(article.previous):
        here[claim.exact] -= 1
        if here[claim.exact] < 0:
            left.append(claim)
    return left


def follow(job: Job, snapshot: Snapshot) -> dict[str, str]:
    """What comes of a snapshot for an article that has just ended. Runs in the transaction that ends it."""
    if snapshot.state not in Snapshot.KEPT or not job.params.get("import"):
        return {}
    return {"article": str(import_snapshot(job.requested_by, snapshot).pk)}


def import_for(user: Person, snapshot_id: UUID) -> Snapshot:
    """The snapshot for an article, or 404; it is known to those who import."""
    of_user = Membership.objects.filter(user_id=user.pk, role__in=roles_for(Action.EDIT_ARTICLES))
    rows = Snapshot.objects.filter(project__in=of_user.values("project"), purpose=Snapshot.Purpose.ARTICLE)
    found = rows.select_related("project", "requested_by", "job").filter(pk=snapshot_id).first()
    if found is None:
        raise NotVisible
    return found
