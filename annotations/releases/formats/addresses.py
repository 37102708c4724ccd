"""Addresses of a release's public pages and names for what has none. Pure.

The release record's `public` is `{url, publisher}`, the address of the release's page (with a slash at its end) and the
project's name, or null while the project shows nothing to the public.
"""

from uuid import UUID

from annotations.releases.formats.native import Record


def page_path(release_id: UUID) -> str:
    """The path of the public page of a release."""
    return f"/public/releases/{release_id}/"


def claim_url(release: Record, claim_id: str) -> str:
    """The public page of a claim of the release. KeyError or TypeError where the release has no public page."""
    return f"{release['public']['url']}claims/{claim_id}/"


def name_of(identifier: str) -> str:
    """An IRI for something without a page: `urn:uuid:` with its id (RFC 9562)."""
    return f"urn:uuid:{identifier}"
