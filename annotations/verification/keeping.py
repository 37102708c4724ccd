"""Snapshots of sources: taking one anew, uploading one, and the place of a quote in one."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.claims.models import Claim
from annotations.claims.queries import claim_for
from annotations.errors import InvalidInput, WrongState
from annotations.projects.access import Action, require
from annotations.projects.queries import membership_in
from annotations.snapshots.attesting import ask_again
from annotations.snapshots.models import Attestation, Snapshot
from annotations.snapshots.services import request_snapshot
from annotations.snapshots.uploading import keep_upload
from annotations.verification.queries import claim_of, snapshot_for, source_and_role
from annotations.verification.source_models import Source
from annotations.verification.sourcing import source_for


class Place(NamedTuple):
    """Where a quote stands: the snapshot, start and end in code points of its text; nowhere."""

    snapshot: Snapshot | None = None
    start: int | None = None
    end: int | None = None

    def source_of(self, named: UUID | None) -> UUID | None:
        """The source the quote is from: the snapshot's, else the one that was named. 400 where these differ."""
        if self.snapshot is None:
            return named
        if named not in (None, self.snapshot.source_id):
            raise InvalidInput.field("snapshot", _("This is a snapshot of another source."))
        return self.snapshot.source_id


@transaction.atomic
def take_snapshot(actor: User, *, source_id: UUID) -> Snapshot:
    """Have a source fetched anew. 409 where it has no address, or is being fetched."""
    source = _writable(actor, source_id)
    if not source.url:
        raise WrongState(_("This source has no address to fetch. Upload the document instead."))
    waiting = Snapshot.objects.filter(source=source, state__in=Snapshot.WAITING).first()
    if waiting:
        told = _("This source is being fetched already.")
        raise WrongState(told, extra={"first": str(waiting.pk)})
    return request_snapshot(actor, project_id=source.project_id, url=source.url, source=source, claim=claim_of(source))


@transaction.atomic
def read_beside(actor: User, *, claim_id: UUID, url: str) -> Source:
    """The source at this address, to be read beside the claim: one the actor knows of, or a new one of theirs alone.

    It is fetched, unless that was done already or cannot be.
    """
    claim = claim_for(actor, claim_id)
    require(claim.role, Action.ADD_SOURCE)
    if not url:
        raise InvalidInput.field("url", _("Paste the address of a page."))
    source = source_for(actor, claim, None, url, "")
    if settings.FETCH and source.url and not source.snapshots.exists():
        request_snapshot(actor, project_id=source.project_id, url=source.url, source=source, claim=claim_of(source))
    return source


def upload_snapshot(actor: User, *, source_id: UUID, content: Iterable[bytes], name: str, media_type: str) -> Snapshot:
    """Keep a document that somebody has as a file. 400 for an empty one, 413 for one that is too large."""
    source, role = source_and_role(actor, source_id)
    require(role, Action.ADD_SOURCE)
    about = {"project_id": source.project_id, "source": source, "claim": claim_of(source)}
    return keep_upload(actor, content, name=name, media_type=media_type, **about)


def attest_again(actor: User, *, snapshot_id: UUID) -> list[Attestation]:
    """Ask for what others could vouch for and do not yet. 409 where there is nothing to ask for."""
    snapshot = snapshot_for(actor, snapshot_id)
    require(membership_in(actor, snapshot.project.slug).role, Action.ADD_SOURCE)
    return ask_again(actor, snapshot_id=snapshot_id)


def placed(actor: User, claim: Claim, snapshot_id: UUID | None, quote: str, start: int | None) -> Place:
    """The place of a quote; without `start` the first. 400 where the snapshot has other words there.

    Callers have asked whether the person may.
    """
    if snapshot_id is None:
        if start is not None:
            raise InvalidInput.field("quote_start", _("Say in which snapshot."))
        return Place()
    snapshot = snapshot_for(actor, snapshot_id)
    if snapshot.project_id != claim.project_id or snapshot.source_id is None:
        raise InvalidInput.field("snapshot", _("The project has no such snapshot."))
    if snapshot.state not in Snapshot.KEPT:
        raise InvalidInput.field("snapshot", _("This snapshot brought nothing to quote from. Choose another."))
    if not quote:
        raise InvalidInput.field("quote", _("Select the passage, or leave the snapshot away."))
    found = snapshot.text.find(quote) if start is None else start
    if found < 0 or snapshot.text[found : found + len(quote)] != quote:
        raise InvalidInput.field("quote", _("The snapshot does not have these words there. Copy them as they stand."))
    return Place(snapshot, found, found + len(quote))


def _writable(actor: User, source_id: UUID) -> Source:
    """The source, held, of a project in which the actor may add sources."""
    source, role = source_and_role(actor, source_id)
    require(role, Action.ADD_SOURCE)
    return Source.objects.select_for_update(no_key=True).get(pk=source.pk)
