"""Articles by address and as documents: fetched or uploaded as a snapshot, read, looked at, and then stored."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.claims.services import LONGEST_SEGMENTED, import_and_propose
from annotations.errors import InvalidInput, NotVisible
from annotations.jobs.models import Job
from annotations.projects.access import Action, require_member, roles_for
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
    slug, segment = snapshot.project.slug, len(text) <= LONGEST_SEGMENTED
    return import_and_propose(actor, slug=slug, text=text, segment=segment, snapshot=snapshot, **told)


def follow(job: Job, snapshot: Snapshot) -> dict[str, str]:
    """What comes of a snapshot for an article that has just ended. Runs in the transaction that ends it."""
    if snapshot.state not in Snapshot.KEPT or not job.params.get("import"):
        return {}
    return {"article": str(import_snapshot(job.requested_by, snapshot).pk)}


def import_for(user: Person, snapshot_id: UUID) -> Snapshot:
    """The snapshot for an article, or 404; it is known to those who import."""
    of_user = Membership.objects.filter(user_id=user.pk, role__in=roles_for(Action.EDIT_ARTICLES))
    rows = Snapshot.objects.filter(project__in=of_user.values("project"), purpose=Snapshot.Purpose.ARTICLE)
    found = rows.select_related("project", "requested_by").filter(pk=snapshot_id).first()
    if found is None:
        raise NotVisible
    return found
