"""Claims that were checked before and read alike: offered with their verdicts, to be linked or dismissed.

Alike is what shares many trigrams (pg_trgm's `similarity`) or, where one says more than the other, most words (full
text) in the plain text that the search keeps of every claim: its quote and its proposition, without case and accents.
Alike is not the same: "did not" reads like "did". A person says.
"""

from dataclasses import dataclass
from typing import Any
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
from annotations.projects.models import Membership
from annotations.verification.models import Likeness, Verdict
from annotations.verification.queries import visible_verdicts

CHECKED = (Status.VERIFIED, Status.PUBLISHED, Status.CORRECTED)
ENOUGH = 0.45  # of 1, where the trigrams are the same
ENOUGH_WORDS = 0.7  # of the words of the shorter text; fewer words than FEWEST say nothing
FEWEST = 4
LOOKED_AT = 200
OFFERED = 3
# Found by trigrams, or by one of the longest words; judged by trigrams and by the share of words. Only among what the
# person may see, so that nothing else crowds it out. A word as it is asked for in full text has its quotes doubled, so
# words with a backslash or a quote are left out.
ALIKE = r"""
WITH own AS MATERIALIZED (SELECT id, plain, words FROM annotations_searchable WHERE id = %(claim)s),
asked AS MATERIALIZED (
    SELECT string_agg(quote_literal(lexeme), ' | ')::tsquery AS query
    FROM (SELECT lexeme FROM own, unnest(own.words) WHERE lexeme !~ '[\'']'
          ORDER BY length(lexeme) DESC, lexeme LIMIT 6) longest
), found AS (
    SELECT s.id, s.plain, s.words FROM own, annotations_searchable s JOIN annotations_claim c ON c.id = s.id
    WHERE s.kind = 'claim' AND s.plain %% own.plain
      AND c.project_id = ANY(%(projects)s) AND c.status = ANY(%(checked)s) AND c.label = %(label)s
    UNION ALL
    (SELECT s.id, s.plain, s.words FROM asked, annotations_searchable s JOIN annotations_claim c ON c.id = s.id
     WHERE s.kind = 'claim' AND s.words @@ asked.query
       AND c.project_id = ANY(%(projects)s) AND c.status = ANY(%(checked)s) AND c.label = %(label)s
     ORDER BY ts_rank(s.words, asked.query) DESC, s.id
     LIMIT %(most)s)
), judged AS (
    SELECT DISTINCT f.id, similarity(f.plain, own.plain)::float AS letters,
        (SELECT count(*) FROM unnest(tsvector_to_array(f.words)) word
         WHERE word = ANY(tsvector_to_array(own.words)))::float / greatest(least(length(f.words), length(own.words)), 1)
        * (least(length(f.words), length(own.words)) >= %(fewest)s)::int AS words
    FROM found f, own WHERE f.id <> own.id
)
SELECT id, greatest(letters, words) AS likeness FROM judged WHERE letters >= %(letters)s OR words >= %(words)s
ORDER BY likeness DESC, id LIMIT %(most)s
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
        limits: dict[str, Any] = {"letters": ENOUGH, "words": ENOUGH_WORDS, "fewest": FEWEST, "most": LOOKED_AT}
        projects = list(Membership.objects.filter(user_id=user.pk).values_list("project_id", flat=True))
        among: dict[str, Any] = {"projects": projects, "checked": list(CHECKED), "label": claim.label}
        cursor.execute(ALIKE, {"claim": claim.pk, **among, **limits})
        likeness = dict(cursor.fetchall())
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
