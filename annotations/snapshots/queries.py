"""Reads of snapshots. Who may know of one is decided where its source or article is."""

from annotations.snapshots.models import Snapshot


def sealed_values(snapshot: Snapshot) -> dict[str, object]:
    """Everything that the row says, for its seal."""
    names = [field.attname for field in Snapshot._meta.concrete_fields if field.name not in ("seal", "draft_sha256")]
    return {name: getattr(snapshot, name) for name in names}
