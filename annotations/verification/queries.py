"""Reads of sources, evidence and verdicts, all through the rule of blindness."""

from collections.abc import Hashable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotations.claims.models import Claim
from annotations.claims.queries import visible_claims
from annotations.errors import NotVisible
from annotations.fetching.places import host, place
from annotations.labelling.queries import uncovered
from annotations.projects.access import Action, roles_for
from annotations.projects.models import Membership, Project
from annotations.projects.queries import Person
from annotations.snapshots.models import Snapshot
from annotations.verification.models import Part, Verdict
from annotations.verification.source_models import Evidence, Source, StaleMark
from annotations.verification.transitions import Ground, origins


def visible_evidence(user: Person) -> QuerySet[Evidence]:
    """Evidence that the user may see, oldest first."""
    rows = Evidence.objects.filter(uncovered(user, owner="created_by"), claim__in=visible_claims(user).values("pk"))
    return rows.select_related("source", "created_by", "part").order_by("created_at", "id")


def evidence_for(user: Person, evidence_id: UUID) -> Evidence:
    """The evidence, or 404."""
    evidence = visible_evidence(user).filter(pk=evidence_id).first()
    if evidence is None:
        raise NotVisible
    return evidence


def rests_on(evidence: Evidence) -> bool:
    """Whether a verdict that stands, stood or may come to stand was made with this evidence at hand."""
    verdicts = Verdict.objects.filter(claim=evidence.claim_id, aspect=evidence.aspect, part=evidence.part_id)
    decided = Q(status__in=[Verdict.State.APPROVED, Verdict.State.SUPERSEDED], reviewed_at__gte=evidence.created_at)
    return verdicts.filter(Q(status=Verdict.State.PROPOSED) | decided).exists()


def visible_sources(user: Person, project: Project) -> QuerySet[Source]:
    """The project's sources that were listed, that the user added, or that evidence the user may see rests on."""
    used = visible_evidence(user).filter(source=OuterRef("pk")).order_by()
    rows = Source.objects.filter(project=project, project__memberships__user_id=user.pk)
    rows = rows.filter(Q(listed=True) | Q(created_by_id=user.pk) | Exists(used))
    return rows.select_related("created_by").order_by("created_at", "id")


def source_and_role(user: Person, source_id: UUID) -> tuple[Source, str]:
    """The source and the user's role in its project, or 404."""
    source = Source.objects.filter(pk=source_id).select_related("project").first()
    if source is None or not visible_sources(user, source.project).filter(pk=source_id).exists():
        raise NotVisible
    return source, Membership.objects.get(project=source.project, user_id=user.pk).role


def evidence_of(source: Source) -> QuerySet[Evidence]:
    """All evidence that rests on a source, oldest first, whoever may see it."""
    return Evidence.objects.filter(source=source).select_related("claim").order_by("created_at", "id")


def claim_of(source: Source) -> Claim | None:
    """The claim with which the log tells of what is done to a source; none for one that the project lists.

    A closed one, where it is used for any: then everybody may know. Otherwise what is told stays its author's.
    """
    if source.listed:
        return None
    claims = [piece.claim for piece in evidence_of(source)]
    over = (claim for claim in claims if claim.labelling_closed_at is not None)
    first = source.snapshots.order_by("requested_at", "id").first()
    return next(over, claims[0] if claims else first.claim if first else None)


def visible_snapshots(user: Person, project: Project) -> QuerySet[Snapshot]:
    """Snapshots of the sources that the user may know of, and of articles for those who import them; newest first."""
    of_articles = Membership.objects.filter(user_id=user.pk, role__in=roles_for(Action.EDIT_ARTICLES), project=project)
    rows = Snapshot.objects.filter(project=project)
    seen = Q(source__in=visible_sources(user, project).order_by().values("pk"))
    rows = rows.filter(seen | Q(source=None) & Exists(of_articles))
    return rows.select_related("source", "requested_by").order_by("-requested_at", "-id")


def snapshot_for(user: Person, snapshot_id: UUID) -> Snapshot:
    """The snapshot, or 404."""
    known = Snapshot.objects.filter(pk=snapshot_id).select_related("project").first()
    found = visible_snapshots(user, known.project).filter(pk=snapshot_id).first() if known else None
    if found is None:
        raise NotVisible
    return found


def visible_stale_marks(user: Person, project: Project) -> QuerySet[StaleMark]:
    """Why claims that the user may know of are or were stale, oldest first."""
    rows = StaleMark.objects.filter(claim__in=visible_claims(user).filter(project=project).values("pk"))
    return rows.select_related("claim__project", "source", "before", "after", "cleared_by").order_by("at", "id")


def stale_mark_for(user: Person, mark_id: UUID) -> StaleMark:
    """The mark, or 404."""
    known = StaleMark.objects.filter(pk=mark_id).select_related("claim__project").first()
    found = visible_stale_marks(user, known.claim.project).filter(pk=mark_id).first() if known else None
    if found is None:
        raise NotVisible
    return found


def source_at(user: Person, project: Project, url: str) -> Source | None:
    """The first of the `visible_sources` with this address, else the first whose address leads to the same place."""
    rows = visible_sources(user, project).filter(url__icontains=host(url))
    return rows.filter(url=url).first() or next((row for row in rows if place(row.url) == place(url)), None)


def twin_of(evidence: Evidence) -> Evidence | None:
    """The evidence that the same person gave the claim before, and nothing but its note differs."""
    names = ("claim", "source", "aspect", "part", "stance", "quote", "set")
    same = {name: getattr(evidence, name) for name in names}
    return Evidence.objects.filter(**same, created_by=evidence.created_by).order_by("created_at", "id").first()


def visible_verdicts(user: Person) -> QuerySet[Verdict]:
    """Verdicts that the user may see, oldest first; there are none before labelling has closed."""
    rows = Verdict.objects.filter(claim__in=visible_claims(user).filter(labelling_closed_at__isnull=False).values("pk"))
    return rows.select_related("proposed_by", "reviewed_by", "part").order_by("proposed_at", "id")


def verdict_for(user: Person, verdict_id: UUID) -> Verdict:
    """The verdict, or 404."""
    verdict = visible_verdicts(user).filter(pk=verdict_id).first()
    if verdict is None:
        raise NotVisible
    return verdict


def grounds(claim: Claim, aspect: str, part: Part | None = None) -> list[Ground]:
    """What a verdict on this aspect, or on this part of a compound claim, can rest on.

    One place of the web is one origin, and so is one independence group.
    """
    evidence = Evidence.objects.filter(claim=claim, aspect=aspect, part=part)
    rows = list(evidence.select_related("source").order_by("created_at", "id"))
    marks: list[set[Hashable]] = [
        {("source", place(row.source.url) or row.source_id), ("group", row.independence_group.strip() or row.pk)}
        for row in rows
    ]
    return [
        Ground(row.stance, row.tier, bool(row.quote.strip()), origin, row.set)
        for row, origin in zip(rows, origins(marks), strict=True)
    ]
