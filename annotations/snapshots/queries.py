"""Reads of snapshots. Who may know of one is decided where its source or article is."""

from annotations.snapshots.models import Attestation, Snapshot


def sealed_values(snapshot: Snapshot) -> dict[str, object]:
    """Everything that the row says, for its seal."""
    names = [field.attname for field in Snapshot._meta.concrete_fields if field.name not in ("seal", "draft_sha256")]
    return {name: getattr(snapshot, name) for name in names}


def sealed_attestation(attestation: Attestation) -> dict[str, object]:
    """Everything that the row says, for its seal; the token in hexadecimal."""
    names = [field.attname for field in Attestation._meta.concrete_fields if field.name not in ("seal", "token")]
    token = bytes(attestation.token).hex() if attestation.token is not None else None
    return {"token": token, **{name: getattr(attestation, name) for name in names}}
