"""What a new snapshot means for its source, and for the claims that rest on it.

A source is looked at again from time to time. Where it has changed so that a quote is no longer in it, or is gone, the
verdicts that rest on it are stale, until a person has looked.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Value
from django.utils import timezone

from annotations.audit.services import Happening, record_all
from annotations.claims.models import Claim
from annotations.jobs.models import Job
from annotations.snapshots.models import Snapshot
from annotations.snapshots.services import request_snapshot
from annotations.verification.checks import aspect_statuses, set_check
from annotations.verification.models import Verdict
from annotations.verification.queries import claim_of
from annotations.verification.source_models import Evidence, Source, StaleMark
from annotations.verification.transitions import OUTDATES

GONE = (404, 410)
# Ends of a fetch that say nothing of the source: they are ours, or what it brought was more than we take.
OURS = ("error", "cancelled", "set_aside", "too_large")
# After so many failures in a row, with these pauses between them, a source counts as dead.
BACK_OFF = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1))
DAY = timedelta(days=1)
SWEPT = 100  # sources at once


def follow(_job: Job, snapshot: Snapshot) -> dict[str, str]:
    """Take in what a snapshot that has just ended says of its source. Runs in the transaction that ends it."""
    if snapshot.source_id is None:
        return {}
    source = Source.objects.select_for_update(no_key=True).get(pk=snapshot.source_id)
    if snapshot.state in Snapshot.KEPT:
        _seen(source, snapshot)
    else:
        _missed(source, snapshot)
    return {"source": str(source.pk)}


def _seen(source: Source, snapshot: Snapshot) -> None:
    """The source answered: what it says of itself is filled in, what it said before is compared.

    A document that a person uploaded says nothing of what stands at the address.
    """
    for name in ("title", "publisher", "author", "published_on"):
        if not getattr(source, name):
            setattr(source, name, getattr(snapshot, name))
    if snapshot.state == Snapshot.State.UPLOADED:
        source.save()
        return
    before = last_fetched(source, snapshot)
    same = before is None or before.text_sha256 == snapshot.text_sha256
    source.standing = Source.Standing.SAME if same else Source.Standing.CHANGED
    source.failures, source.next_check_at = 0, _next_regular()
    source.save()
    if before is not None and not same:
        _outdate(source, StaleMark.Kind.CHANGED, before, snapshot, lambda piece: not _still_there(piece, snapshot))


def _missed(source: Source, snapshot: Snapshot) -> None:
    """The source did not answer: it is tried again, ever later, and at last counts as dead."""
    if snapshot.purpose != Snapshot.Purpose.RECHECK or not _host_failed(snapshot):
        return
    source.failures += 1
    limit = 2 if snapshot.status in GONE else len(BACK_OFF)
    dies = source.failures >= limit and source.standing != Source.Standing.DEAD
    if source.failures >= limit:
        source.standing = Source.Standing.DEAD
    source.next_check_at = _next_regular() if dies else timezone.now() + BACK_OFF[min(source.failures, limit) - 1]
    source.save()
    if dies:
        _outdate(source, StaleMark.Kind.DEAD, last_fetched(source, snapshot), snapshot, lambda _piece: True)


def _host_failed(snapshot: Snapshot) -> bool:
    """Whether it was the source that did not bring it: what is refused was not asked for."""
    return snapshot.state == Snapshot.State.FAILED and snapshot.reason_code not in OURS


def last_fetched(source: Source, snapshot: Snapshot) -> Snapshot | None:
    """The newest snapshot that was fetched of the source before this one, and of which there is a text."""
    rows = Snapshot.objects.filter(source=source, state=Snapshot.State.FETCHED, requested_at__lt=snapshot.requested_at)
    return rows.exclude(text="").order_by("-requested_at", "-id").first()


def _still_there(piece: Evidence, snapshot: Snapshot) -> bool:
    """Whether the words a verdict rests on still stand in the source, however its white space has changed."""
    return bool(piece.quote.strip()) and " ".join(piece.quote.split()) in " ".join(snapshot.text.split())


def _outdate(source: Source, kind: str, before: Snapshot | None, after: Snapshot, touches: Any) -> None:
    """Mark the aspects of claims that rest on the source stale, each once."""
    pieces = Evidence.objects.filter(source=source).order_by("claim_id", "created_at", "id")
    touched = {(piece.claim_id, piece.aspect) for piece in pieces if touches(piece)}
    mark_stale(touched, kind=kind, source=source, before=before, after=after)


def mark_stale(touched: Iterable[tuple[Any, str]], *, kind: str, **about: Any) -> int:
    """Mark aspects of claims stale whose approved verdict is in force; how many. Call it inside a transaction."""
    aspects: dict[Any, list[str]] = {}
    for claim_id, aspect in sorted(set(touched), key=str):
        aspects.setdefault(claim_id, []).append(aspect)
    held = Claim.objects.select_for_update(no_key=True, of=("self",)).select_related("project")
    happened: dict[int, list[Happening]] = {}
    for claim in held.filter(pk__in=aspects).order_by("pk"):
        for aspect in aspects[claim.pk]:
            if told := _mark(claim, aspect, kind, about):
                happened.setdefault(claim.project_id, []).append(told)
    for project_id, told_of in happened.items():
        record_all(None, told_of, project=project_id)
    return sum(len(told_of) for told_of in happened.values())


def _mark(claim: Claim, aspect: str, kind: str, about: dict[str, Any]) -> Happening | None:
    status = aspect_statuses(claim).get(aspect)
    source, before, after = about.get("source"), about.get("before"), about.get("after")
    if status not in OUTDATES.starts and status != OUTDATES.leads_to:
        return None
    mark, new = StaleMark.objects.get_or_create(
        claim=claim,
        aspect=aspect,
        source=source,
        cleared_at=None,
        defaults={"kind": kind, "before": before, "after": after, "at": timezone.now()},
    )
    if not new:
        mark.kind, mark.after = kind, after
        mark.save(update_fields=["kind", "after"])
        return None
    was = claim.status
    set_check(claim, aspect, OUTDATES.leads_to)
    data = {"aspect": aspect, "kind": kind, "source": source and (source.url or source.title)}
    moved = {"before": was, "after": claim.status}
    return Happening("claim.outdated", claim, claim.article_id, claim.pk, {**data, **moved})


def clear_marks(actor: Any, claim: Claim, aspects: Collection[str], *, move: str) -> None:
    """A person has looked at a held claim and moved these aspects on (none: all of it): their marks are done with."""
    rows = StaleMark.objects.filter(claim=claim, cleared_at=None)
    if aspects:
        rows = rows.filter(aspect__in=aspects)
    rows.update(cleared_at=timezone.now(), cleared_by=actor, cleared_by_move=move)


@transaction.atomic
def look_again() -> int:
    """Ask for a new snapshot of the sources that are due and that approved verdicts rest on; how many.

    None where fetching is switched off.
    """
    if not settings.FETCH:
        return 0
    approved = Verdict.objects.filter(claim=OuterRef("claim"), aspect=OuterRef("aspect"), status=Verdict.State.APPROVED)
    rested_on = Evidence.objects.filter(Exists(approved), source=OuterRef("pk"))
    waiting = Snapshot.objects.filter(source=OuterRef("pk"), state__in=Snapshot.WAITING)
    rows = Source.objects.select_for_update(skip_locked=True, no_key=True, of=("self",)).select_related("created_by")
    due = rows.filter(Exists(rested_on), ~Exists(waiting), next_check_at__lte=timezone.now()).exclude(url="")
    found = list(due.order_by("next_check_at")[:SWEPT])
    for source in found:
        # However this look ends, and if nobody ever hears of it: the next one is a while away.
        source.next_check_at = timezone.now() + BACK_OFF[0]
        source.save(update_fields=["next_check_at"])
        request_snapshot(
            source.created_by,
            project_id=source.project_id,
            url=source.url,
            source=source,
            claim=claim_of(source),
            purpose=Snapshot.Purpose.RECHECK,
        )
    return len(found)


@transaction.atomic
def expire() -> int:
    """Mark verdicts stale that are older than their project lets them stand; how many. Each once: what a person decided
    about it since holds.
    """
    today, lifetime = Value(timezone.localdate()), F("claim__project__verdict_days")
    rows = Verdict.objects.filter(status=Verdict.State.APPROVED, claim__project__verdict_days__isnull=False)
    age = ExpressionWrapper(today - F("as_of"), output_field=DurationField())
    old = rows.annotate(age=age).filter(age__gt=ExpressionWrapper(lifetime * DAY, output_field=DurationField()))
    marks = StaleMark.objects.filter(claim=OuterRef("claim"), aspect=OuterRef("aspect"), kind=StaleMark.Kind.EXPIRED)
    unmarked = old.exclude(Exists(marks.filter(at__gte=OuterRef("reviewed_at"))))
    return mark_stale(unmarked.values_list("claim_id", "aspect")[:1000], kind=StaleMark.Kind.EXPIRED)


def _next_regular() -> Any:
    return timezone.now() + timedelta(days=settings.RECHECK_DAYS)
