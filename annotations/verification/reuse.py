"""Claims that were checked before and read alike: offered with their verdicts, to be linked or dismissed.

Alike is what shares many trigrams (pg_trgm's `similarity`) in the plain text that the search keeps of every claim: its
words and its proposition, without case and accents. Alike is not the same: "did not" reads like "did". A person says.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.claims.models import Claim, Status
from annotations.claims.queries import claim_for, visible_claims
from annotations.errors import NotVisible, WrongState
from annotations.projects.access import Action, require
from annotations.verification.models import Likeness, Verdict
from annotations.verification.queries import visible_verdicts

CHECKED = (Status.VERIFIED, Status.PUBLISHED, Status.CORRECTED)
ENOUGH = 0.45  # of 1, where the texts are the same
LOOKED_AT = 200
OFFERED = 3
ALIKE = """
SELECT s.id, similarity(s.plain, own.plain) AS likeness
FROM annotations_searchable own
JOIN annotations_searchable s ON s.kind = 'claim' AND s.id <> own.id AND s.plain %% own.plain
WHERE own.id = %s ORDER BY likeness DESC, s.id LIMIT %s
"""


@dataclass(frozen=True)
class Alike:
    """A claim that was checked, the verdicts in force on it, and how alike it reads (0 to 1; 1 where it was linked)."""

    claim: Claim
    verdicts: list[Verdict]
    likeness: float


def offered(user: User, claim: Claim) -> list[Alike]:
    """The checked claims most alike that the user may see, in this project and in others, and nobody spoke of yet."""
    if claim.labelling_closed_at is None or claim.label is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [claim.pk, LOOKED_AT])
        likeness = {found: value for found, value in cursor.fetchall() if value >= ENOUGH}
    known = visible_claims(user).filter(pk__in=likeness, status__in=CHECKED, label=claim.label)
    spoken_of = Likeness.objects.filter(claim=claim).values("other")
    rows = list(known.exclude(pk__in=spoken_of).select_related("project"))
    rows.sort(key=lambda row: (-likeness[row.pk], str(row.pk)))
    return [Alike(row, _in_force(user, row), likeness[row.pk]) for row in rows[:OFFERED]]


def linked(user: User, claim: Claim) -> list[Alike]:
    """The claims that somebody said to be the same, as far as the user may see them."""
    said = Likeness.objects.filter(claim=claim, same=True).values("other")
    rows = visible_claims(user).filter(pk__in=said, labelling_closed_at__isnull=False).select_related("project")
    return [Alike(row, _in_force(user, row), 1.0) for row in rows.order_by("pk")]


@transaction.atomic
def say_likeness(actor: User, *, claim_id: UUID, other_id: UUID, same: bool) -> Likeness:
    """Say whether a claim and one that was checked say the same. 409 while labelling is open, or where it was said."""
    claim = claim_for(actor, claim_id, lock=True)
    require(claim.role, Action.PROPOSE_VERDICT)
    other = visible_claims(actor).filter(pk=other_id, status__in=CHECKED).exclude(pk=claim.pk).first()
    if claim.labelling_closed_at is None:
        raise WrongState(_("Nothing can be said of it before its labelling has closed."))
    if other is None:
        raise NotVisible
    if Likeness.objects.filter(claim=claim, other=other).exists():
        raise WrongState(_("Somebody has said this already."))
    made = Likeness.objects.create(claim=claim, other=other, same=same, said_by=actor, said_at=timezone.now())
    verb = "claim.linked" if same else "claim.told_apart"
    record(actor, verb, claim, project=claim.project_id, article=claim.article_id, claim=claim.pk, other=str(other.pk))
    return made


def _in_force(user: User, claim: Claim) -> list[Verdict]:
    return list(visible_verdicts(user).filter(claim=claim, status=Verdict.State.APPROVED))
