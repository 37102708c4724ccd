"""What befell the claims of a release after it was frozen: its files stay, so its page has to tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from annotations.accounts.models import User
from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.claims.queries import visible_claims
from annotations.labelling.queries import visible_events
from annotations.projects.models import Project
from annotations.releases.contents import contents
from annotations.releases.models import Release
from annotations.releases.queries import TEXT_ORDER
from annotations.verification.turns import VERBS, Turn, turn


@dataclass(frozen=True)
class Turned:
    """A claim of a release as it stands now, and what was done to it last since then."""

    claim: Claim
    turn: Turn


def turned_since(user: User, release: Release) -> list[Turned]:
    """The release's claims that were challenged, corrected, withdrawn, reopened or voided since, in text order; only
    those that the user may know of."""
    events = _turns(user, release.project)
    keys = _since(release, events)
    claims = visible_claims(user).filter(pk__in=keys).select_related("article").defer("article__text")
    return [Turned(claim, turn(events[claim.pk])) for claim in claims.order_by(*TEXT_ORDER)]


def turned_counts(user: User, project: Project, releases: Iterable[Release]) -> dict[UUID, int]:
    """How many claims `turned_since` would tell of, by release."""
    events = _turns(user, project)
    known = set(visible_claims(user).filter(pk__in=events).values_list("pk", flat=True))
    events = {key: event for key, event in events.items() if key in known}
    return {release.pk: len(_since(release, events)) for release in releases} if events else {}


def _turns(user: User, project: Project) -> dict[UUID, Event]:
    """The last of these events on each claim of the project."""
    events = visible_events(user, project).filter(verb__in=VERBS, claim_id__isnull=False).order_by("at", "id")
    return {event.claim_id: event for event in events if event.claim_id}


def _since(release: Release, events: dict[UUID, Event]) -> list[UUID]:
    later = [key for key, event in events.items() if event.at > release.frozen_at]
    return [key for key in later if key in contents(release).claims] if later else []
