"""What happened to snapshots, in the log."""

from typing import Any

from annotations.audit.services import record
from annotations.snapshots.models import Snapshot


def tell(snapshot: Snapshot, verb: str, **data: Any) -> None:
    """What is taken of a document that only evidence on a claim knows is told like that evidence. What
    the clock had fetched again was nobody's doing."""
    claim, source = snapshot.claim, snapshot.source
    unlisted = source is not None and not source.listed
    by_clock = snapshot.purpose == Snapshot.Purpose.RECHECK
    record(
        None if by_clock else snapshot.requested_by,
        verb,
        snapshot,
        project=snapshot.project_id,
        article=claim.article_id if claim else None,
        claim=claim.pk if claim else None,
        hidden=unlisted and (claim is None or claim.labelling_closed_at is None),
        source=snapshot.url or snapshot.file_name,
        **data,
    )
