"""Writes of labels: saving mine, handing in, and closing claims with what is saved."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.queries import article_for
from annotations.articles.wording import ARTICLE_STATUS_WORDS
from annotations.audit.services import Happening, record, record_all
from annotations.claims.models import Claim, LabelValue, Status
from annotations.errors import InvalidInput, StaleVersion, WrongState
from annotations.labelling.assigning import finish
from annotations.labelling.content import LabelContent, misfits
from annotations.labelling.desk import Desk, Saved, read_desk, write_revision
from annotations.labelling.gate import require_training
from annotations.labelling.models import Label
from annotations.labelling.queries import unlabelled
from annotations.labelling.settling import Outcome, Said, settle
from annotations.labelling.wording import NOT_MINE
from annotations.projects.access import Action, require
from annotations.web.wording import said_at

SETTLED = ("label", "content_kind", "attribution", "unsettled", "origin", "status", "version")


@transaction.atomic
def save_label(
    actor: User, *, claim_id: UUID, content: LabelContent, version: int | None = None, seconds: int | None = None
) -> Saved:
    """Store my label on a claim as a new revision; the same content again changes nothing.

    `seconds` is how long I have been active on the claim so far; it is no content.

    400 for content that does not fit, 409 where the claim is not (or no longer) mine to label, 412 where `version` is
    stale. After closing, who had labelled may go on for the record, and it no longer counts.
    """
    desk = read_desk(actor, claim_id)
    require(desk.role, Action.LABEL)
    _check_content(desk, content)
    _check_state(desk, desk.mine)
    if desk.training and desk.mine is None:
        require_training(actor, desk.project_id, desk.role)
    before = desk.mine
    if version is not None and version != (before.version if before else 0):
        raise _stale(before)
    if before and before.content == content:
        return before
    saved = write_revision(actor, desk, content, timezone.now(), seconds=seconds)
    # What another tab of mine did while this one waited for its place shows only now.
    _check_state(desk, saved)
    if version is not None and saved.version != version + 1:
        raise _stale(saved)
    told = {"number": saved.version, "before": before.content.label if before else None, "after": content.label}
    happening = Happening("label.saved", Label(id=saved.label_id), desk.article_id, claim_id, told)
    record_all(actor, [happening], project=desk.project_id, hidden=True)
    return saved


@transaction.atomic
def hand_in(actor: User, *, article_id: UUID, partial: bool = False) -> list[Claim]:
    """Fix my labels in an article, and close the claims that now have enough; the claims whose labels were fixed.

    The article is closed with the last of its claims.

    409 naming the claims that still have no label of mine, unless `partial`.
    """
    article = article_for(actor, article_id, lock=True)
    require(article.role, Action.HAND_IN)
    if article.status == Article.Status.DRAFT:
        raise WrongState(_("This article is still in draft: there is nothing to hand in yet."))
    if article.project.training:
        require_training(actor, article.project_id, article.role)
    # Looked up first: what another tab of mine saves from here on is handed in too.
    missing = list(unlabelled(actor, article))
    mine = Label.objects.filter(reviewer=actor, claim__article=article, handed_in_at=None)
    waiting = Claim.objects.filter(article=article, status=Status.LABELLING, labels__in=mine)
    claims = _held(Claim.objects.filter(pk__in=waiting.values("pk")))
    if missing and not partial:
        told = ngettext(
            "%(n)d of the article's claims still has no label of yours. Label it, or hand in a part.",
            "%(n)d of the article's claims still have no label of yours. Label them, or hand in a part.",
            len(missing),
        )
        raise WrongState(
            told % {"n": len(missing)},
            extra={"missing": [{"id": str(claim.pk), "exact": claim.exact[:200]} for claim in missing]},
        )
    mine.filter(claim__in=claims).update(handed_in_at=timezone.now())
    handed_in = [Happening("label.handed_in", claim, article.pk, claim.pk) for claim in claims]
    record_all(actor, handed_in, project=article.project_id, hidden=True)
    finish(actor, article)
    full = _full(article, claims)
    close_claims(actor, full)
    if full:
        close_finished(actor, article, claims=len(full))
    return claims


def close_finished(actor: User, article: Article, *, claims: int) -> None:
    """Close a held article of which no claim is open any more; `claims` is how many the act closed."""
    still_open = Claim.objects.filter(article=article, status=Status.LABELLING)
    if article.status == Article.Status.OPEN and not still_open.exists():
        _set_closed(actor, article, claims=claims)


@transaction.atomic
def close_article(actor: User, *, article_id: UUID) -> Article:
    """End labelling of an article with every label saved by now, handed in or not. 409 for a draft or a closed one."""
    article = article_for(actor, article_id, lock=True)
    require(article.role, Action.OPEN_AND_CLOSE)
    if article.status != Article.Status.OPEN:
        told = _("Only an open article can be closed; how this one stands: %(state)s.")
        raise WrongState(told % {"state": ARTICLE_STATUS_WORDS[article.status]})
    claims = _held(Claim.objects.filter(article=article, status=Status.LABELLING))
    close_claims(actor, claims)
    _set_closed(actor, article, claims=len(claims))
    return article


def _set_closed(actor: User, article: Article, *, claims: int) -> None:
    article.status, article.closed_at = Article.Status.CLOSED, timezone.now()
    article.save(update_fields=["status", "closed_at"])
    record(actor, "article.closed", article, project=article.project_id, article=article.pk, claims=claims)


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
    held = rows.select_related("project").select_for_update(no_key=True, of=("self",)).order_by("pk")
    return [claim for claim in held if claim.status == Status.LABELLING]


def _full(article: Article, claims: Iterable[Claim]) -> list[Claim]:
    """Of these held claims, those with the project's number of handed-in labels."""
    wanted = article.project.labels_per_claim
    counts: dict[UUID, int] = defaultdict(int)
    rows = Label.objects.filter(claim__in=list(claims), handed_in_at__isnull=False)
    for claim_id in rows.values_list("claim_id", flat=True):
        counts[claim_id] += 1
    return [claim for claim in claims if counts[claim.pk] >= wanted]


def _check_content(desk: Desk, content: LabelContent) -> None:
    errors = misfits(content, start=desk.start, end=desk.end, length=desk.length, rules=desk.rules)
    if errors:
        raise InvalidInput(_("The label does not fit together."), errors=said_at(errors))
    if desk.codebook_id is None:
        raise WrongState(_("This project has no codebook. A manager has to write one first."))


def _check_state(desk: Desk, mine: Saved | None) -> None:
    if desk.status == Status.DRAFT:
        raise WrongState(_("This article is still in draft: labelling has not begun."))
    if desk.status == Status.VOID:
        raise WrongState(_("This claim is void."))
    if desk.status == Status.LABELLING:
        if mine and mine.handed_in:
            raise WrongState(
                _("You have handed in this label: it counts as it is. It can be corrected once labelling has closed.")
            )
        if not desk.held:
            raise WrongState(str(NOT_MINE))
    elif mine is None:
        raise WrongState(_("Labelling of this claim has closed."))


def _stale(mine: Saved | None) -> StaleVersion:
    current = {"version": mine.version, **asdict(mine.content)} if mine else {"version": 0}
    return StaleVersion(_("You changed this label elsewhere meanwhile."), extra={"current": current})
