"""What the pages of sources show: a source with its snapshots, a snapshot with its text, and that beside a claim."""

from typing import Any

from django.conf import settings

from annotations.accounts.models import User
from annotations.articles.page import drawn
from annotations.articles.paragraphs import direction
from annotations.projects.access import Action, may
from annotations.projects.queries import membership_in
from annotations.snapshots.models import Snapshot
from annotations.verification.queries import visible_evidence, visible_snapshots
from annotations.verification.source_models import Source

SHOWN = 50  # snapshots and claims on the page of a source


def source_context(user: User, source: Source) -> dict[str, Any]:
    """A source, its snapshots (newest first), and the evidence on it that the user may see."""
    membership = membership_in(user, source.project.slug)
    snapshots = list(visible_snapshots(user, source.project).filter(source=source).defer("text", "hops")[:SHOWN])
    used = visible_evidence(user).filter(source=source).select_related("claim")
    return {
        "membership": membership,
        "section": "sources",
        "source": source,
        "snapshots": snapshots,
        "waiting": next((each for each in snapshots if each.state in Snapshot.WAITING), None),
        "readable": readable(snapshots),
        "evidence": used[:SHOWN],
        "adds": may(membership.role, Action.ADD_SOURCE),
        "fetches": settings.FETCH and bool(source.url),
    }


def readable(snapshots: list[Snapshot]) -> Snapshot | None:
    """The newest of them that has a text."""
    return next((each for each in snapshots if each.state in Snapshot.KEPT and each.text_sha256), None)


def text_context(snapshot: Snapshot) -> dict[str, Any]:
    """The text of a snapshot, drawn as text."""
    return {
        "snapshot": snapshot,
        "drawn": drawn(snapshot.text),
        "direction": direction(snapshot.language or "en"),
    }
