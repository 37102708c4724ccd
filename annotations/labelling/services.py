"""Writes of labels: saving mine, handing in, and closing claims with what is saved."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from uuid_utils.compat import uuid7

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.queries import article_for
from annotations.audit.services import Happening, record, record_all
from annotations.claims.models import Claim, LabelValue, Status
from annotations.claims.queries import claim_for
from annotations.errors import InvalidInput, StaleVersion, WrongState
from annotations.labelling.models import ABSTENTIONS, Label, LabelRevision
from annotations.labelling.queries import my_label, unlabelled
from annotations.labelling.settling import Outcome, Said, settle
from annotations.projects.access import Action, require

# One statement takes or makes the reviewer's place on the claim, and says which version it is now.
PLACE = """
INSERT INTO annotations_label AS l (id, claim_id, reviewer_id, version, current_id, created_at)
VALUES (%s, %s, %s, 1, %s, %s)
ON CONFLICT (claim_id, reviewer_id) DO UPDATE SET version = l.version + 1, current_id = EXCLUDED.current_id
RETURNING l.id, l.version
"""

SETTLED = ("label", "content_kind", "attribution", "unsettled", "origin", "status", "version")


@dataclass(frozen=True)
class LabelContent:
    """What a reviewer says of a claim."""

    label: str
    content_kind: str | None = None
    attribution: dict[str, Any] | None = None
    flags: list[Any] = field(default_factory=list)
    confidence: int | None = None
    rationale: str = ""
    rule: str = ""
    reason: str = ""


@transaction.atomic
def save_label(actor: User, *, claim_id: UUID, content: LabelContent, version: int | None = None) -> Label:
    """Store my label on a claim as a new revision; the same content again changes nothing.

    400 for content that does not fit, 409 where the claim is not (or no longer) mine to label, 412 where `version` is
    stale. After closing, who had labelled may go on for the record, and it no longer counts.
    """
    claim = claim_for(actor, claim_id, lock="share")
    require(claim.role, Action.LABEL)
    _check_content(claim, content)
    mine = my_label(actor, claim)
    _check_state(claim, mine)
    if version is not None and version != (mine.version if mine else 0):
        raise _stale(mine)
    before = mine.current if mine else None
    if mine and before and _content(before) == content:
        return mine
    label, revision = _write(actor, claim, content, mine)
    record(
        actor,
        "label.saved",
        label,
        project=claim.project_id,
        article=claim.article_id,
        claim=claim.pk,
        hidden=True,
        number=revision.number,
        before=before.label if before else None,
        after=revision.label,
    )
    return label


@transaction.atomic
def hand_in(actor: User, *, article_id: UUID, partial: bool = False) -> list[Claim]:
    """Fix my labels in an article, and close the claims that now have enough; the claims whose labels were fixed.

    409 naming the claims that still have no label of mine, unless `partial`.
    """
    article = article_for(actor, article_id)
    require(article.role, Action.HAND_IN)
    if article.status == Article.Status.DRAFT:
        raise WrongState("This article is still in draft: there is nothing to hand in yet.")
    mine = Label.objects.filter(reviewer=actor, claim__article=article, handed_in_at=None)
    waiting = Claim.objects.filter(article=article, status=Status.LABELLING, labels__in=mine)
    claims = _held(Claim.objects.filter(pk__in=waiting.values("pk")))
    missing = list(unlabelled(actor, article))
    if missing and not partial:
        raise WrongState(
            f"{len(missing)} of the article's claims still have no label of yours. Label them, or hand in a part.",
            extra={"missing": [{"id": str(claim.pk), "exact": claim.exact[:200]} for claim in missing]},
        )
    mine.filter(claim__in=claims).update(handed_in_at=timezone.now())
    if claims:
        record(
            actor,
            "labels.handed_in",
            article,
            project=article.project_id,
            article=article.pk,
            hidden=True,
            claims=[str(claim.pk) for claim in claims],
            missing=len(missing),
        )
    close_claims(actor, _full(article, claims))
    return claims


@transaction.atomic
def close_article(actor: User, *, article_id: UUID) -> Article:
    """End labelling of an article with every label saved by now, handed in or not. 409 for a draft or a closed one."""
    article = article_for(actor, article_id, lock=True)
    require(article.role, Action.OPEN_AND_CLOSE)
    if article.status != Article.Status.OPEN:
        raise WrongState(f"Only an open article can be closed; this one is {article.status}.")
    claims = _held(Claim.objects.filter(article=article, status=Status.LABELLING))
    article.status, article.closed_at = Article.Status.CLOSED, timezone.now()
    article.save(update_fields=["status", "closed_at"])
    close_claims(actor, claims)
    record(actor, "article.closed", article, project=article.project_id, article=article.pk, open_claims=len(claims))
    return article


def close_claims(actor: User, claims: Sequence[Claim]) -> None:
    """Close labelling of held claims: count every saved label, and settle each claim or call it disputed."""
    said = defaultdict(list)
    labels = Label.objects.select_related("current").filter(claim__in=claims).order_by("claim_id", "created_at", "id")
    for label in labels:
        label.counted = label.current
        if label.current:
            content = label.current
            said[label.claim_id].append(Said(content.label, content.content_kind, content.attribution))
    Label.objects.bulk_update(labels, ["counted"], batch_size=500)
    happened = []
    for claim in claims:
        outcome = settle(said[claim.pk], labels_per_claim=claim.project.labels_per_claim)
        apply_outcome(claim, outcome)
        claim.labelling_closed_at = timezone.now()
        told = {"before": Status.LABELLING, "after": claim.status, "labels": len(said[claim.pk])}
        happened.append(Happening("claim.labelling_closed", claim, claim.article_id, claim.pk, told))
    Claim.objects.bulk_update(claims, [*SETTLED, "labelling_closed_at"], batch_size=500)
    if happened:
        record_all(actor, happened, project=claims[0].project_id)


def apply_outcome(claim: Claim, outcome: Outcome) -> None:
    """Set a claim's settled fields and status from an outcome; opinions and non-claims are closed at once."""
    claim.label, claim.content_kind, claim.attribution = outcome.label, outcome.content_kind, outcome.attribution
    claim.unsettled = outcome.unsettled
    claim.origin = "unanimous" if outcome.agreed else None
    claim.status = settled_status(outcome.label) if outcome.agreed else Status.DISPUTED
    claim.version += 1


def settled_status(label: str | None) -> Status:
    """Where a claim goes when its label is settled: what cannot be checked is closed, the rest waits for research."""
    return Status.CLOSED if label in (LabelValue.OPINION, LabelValue.NOT_A_CLAIM) else Status.AGREED


def _held(rows: QuerySet[Claim]) -> list[Claim]:
    """Of these claims those still open, held against labels being written and against closing."""
    held = rows.select_related("project").select_for_update(of=("self",)).order_by("pk")
    return [claim for claim in held if claim.status == Status.LABELLING]


def _write(actor: User, claim: Claim, content: LabelContent, mine: Label | None) -> tuple[Label, LabelRevision]:
    now, revision_id = timezone.now(), uuid7()
    with connection.cursor() as cursor:
        cursor.execute(PLACE, [mine.pk if mine else uuid7(), claim.pk, actor.pk, revision_id, now])
        label_id, number = cursor.fetchone()
    codebook = claim.project.codebook
    if codebook is None:
        raise WrongState("This project has no codebook. A manager has to write one first.")
    revision = LabelRevision(
        id=revision_id, claim=claim, reviewer=actor, number=number, codebook=codebook, created_at=now, **asdict(content)
    )
    revision.save(force_insert=True)
    label = mine or Label(id=label_id, claim=claim, reviewer=actor, created_at=now)
    label.version, label.current = number, revision
    return label, revision


def _content(revision: LabelRevision) -> LabelContent:
    return LabelContent(**{name: getattr(revision, name) for name in LabelContent.__dataclass_fields__})


def _full(article: Article, claims: Iterable[Claim]) -> list[Claim]:
    """Of these held claims, those with the project's number of handed-in labels."""
    wanted = article.project.labels_per_claim
    counts: dict[UUID, int] = defaultdict(int)
    rows = Label.objects.filter(claim__in=list(claims), handed_in_at__isnull=False)
    for claim_id in rows.values_list("claim_id", flat=True):
        counts[claim_id] += 1
    return [claim for claim in claims if counts[claim.pk] >= wanted]


def _check_state(claim: Claim, mine: Label | None) -> None:
    if claim.status == Status.DRAFT:
        raise WrongState("This article is still in draft: labelling has not begun.")
    if claim.status == Status.VOID:
        raise WrongState("This claim is void.")
    if claim.status == Status.LABELLING:
        if mine and mine.handed_in_at:
            raise WrongState("You have handed in this label. It can be changed for the record once labelling closes.")
    elif mine is None:
        raise WrongState("Labelling of this claim has closed.")


def _check_content(claim: Claim, content: LabelContent) -> None:
    errors: dict[str, list[str]] = {}
    if content.label in ABSTENTIONS and not content.reason.strip():
        errors["reason"] = [f"Say in a few words why this is {content.label.replace('_', ' ')}."]
    if content.label != LabelValue.ATTRIBUTED:
        for name in ("content_kind", "attribution"):
            if getattr(content, name):
                errors[name] = ["Only an attributed statement has this. Leave it out."]
    rules = [rule["id"] for rule in claim.project.codebook.rules] if claim.project.codebook else []
    if content.rule and content.rule not in rules:
        errors["rule"] = [f"The codebook has no rule {content.rule}. It has {', '.join(rules)}."]
    placed = [flag for flag in content.flags if isinstance(flag, dict)]
    if any(not claim.start <= flag["start"] < flag["end"] <= claim.end for flag in placed):
        errors["flags"] = [f"A flag's sub-span lies in the claim, from {claim.start} to {claim.end}."]
    if errors:
        raise InvalidInput("The label does not fit together.", errors=errors)


def _stale(mine: Label | None) -> StaleVersion:
    current = {"version": mine.version, **asdict(_content(mine.current))} if mine and mine.current else {"version": 0}
    return StaleVersion("You changed this label elsewhere meanwhile.", extra={"current": current})
