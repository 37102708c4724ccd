"""The labels that agreement is measured over: the counted ones of closed claims, never open ones."""

from collections import defaultdict
from collections.abc import Hashable
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from annotations.agreement.checking import Approval, Overlap, approval, overlap
from annotations.agreement.ratings import KINDS, Ratings
from annotations.agreement.report import Summary, summary
from annotations.agreement.series import ClosedClaim
from annotations.articles.models import Article
from annotations.fetching.places import place
from annotations.projects.models import Project

# One row for each claim: a row for each label would be several times as much to carry over.
COUNTED = """
SELECT c.article_id, (c.labelling_closed_at AT TIME ZONE 'UTC')::date,
       array_agg(u.username::text), array_agg(r.label::text), array_agg(r.codebook_id)
FROM annotations_claim c
JOIN annotations_label l ON l.claim_id = c.id
JOIN annotations_labelrevision r ON r.id = l.counted_id
JOIN annotations_user u ON u.id = l.reviewer_id
WHERE c.project_id = %(project)s AND c.labelling_closed_at IS NOT NULL AND c.status <> 'void'
  AND (%(article)s::uuid IS NULL OR c.article_id = %(article)s)
GROUP BY c.id
"""


# What reviewers said of the claims that they called attributed statements; who named no kind abstains from it.
KINDS_SAID = """
SELECT c.id, c.article_id, u.username::text, COALESCE(r.content_kind, 'unsure')
FROM annotations_claim c
JOIN annotations_label l ON l.claim_id = c.id
JOIN annotations_labelrevision r ON r.id = l.counted_id
JOIN annotations_user u ON u.id = l.reviewer_id
WHERE c.project_id = %(project)s AND c.labelling_closed_at IS NOT NULL AND c.status <> 'void'
  AND r.label = 'attributed_statement'
"""

EVIDENCE_USED = """
SELECT (e.claim_id, e.aspect, e.part_id)::text, e.created_by_id, s.id, s.url, e.created_at < c.labelling_closed_at
FROM annotations_evidence e
JOIN annotations_claim c ON c.id = e.claim_id
JOIN annotations_source s ON s.id = e.source_id
WHERE c.project_id = %(project)s AND c.labelling_closed_at IS NOT NULL AND c.status <> 'void'
"""

VERDICTS_REVIEWED = """
SELECT v.aspect, count(*) FILTER (WHERE v.status IN ('approved', 'superseded')),
       count(*) FILTER (WHERE v.status = 'changes_requested')
FROM annotations_verdict v
JOIN annotations_claim c ON c.id = v.claim_id
WHERE c.project_id = %(project)s AND c.labelling_closed_at IS NOT NULL AND c.status <> 'void'
  AND v.reviewed_by_id IS NOT NULL AND v.reviewed_by_id <> v.proposed_by_id
GROUP BY v.aspect
"""
ASPECTS = ("attribution", "content")


class Mark(NamedTuple):
    """One counted label: on which claim (numbered within one fetch, closed on a day of UTC), of whom, under which
    codebook."""

    claim: int
    article: UUID
    closed_on: date
    reviewer: str
    label: str
    codebook: UUID


def counted_marks(project: Project, *, article: Article | None = None) -> list[Mark]:
    """Every counted label on claims (of one article) whose labelling has closed and that are not void.

    Reviewers go by their usernames: this is closed work, which every member may see.
    """
    claims = _fetched(COUNTED, project, article=article.pk if article else None)
    return [
        Mark(number, article_id, closed_on, *said)
        for number, (article_id, closed_on, *columns) in enumerate(claims)
        for said in zip(*columns, strict=True)
    ]


def ratings_from(marks: list[Mark]) -> Ratings:
    """The table of these marks, whatever version of the codebook they were made under."""
    return Ratings.of((mark.claim, mark.article, mark.reviewer, mark.label) for mark in marks)


def ratings_of(project: Project, *, article: Article | None = None) -> Ratings:
    """The table of the `counted_marks` of the project (or one article)."""
    return ratings_from(counted_marks(project, article=article))


def ratings_by(part: str, marks: list[Mark]) -> dict[Any, Ratings]:
    """The table of each part of the marks: `part` is `article` or `codebook`."""
    parts = defaultdict(list)
    for mark in marks:
        parts[getattr(mark, part)].append(mark)
    return {key: ratings_from(rows) for key, rows in parts.items()}


def closed_claims(marks: list[Mark]) -> list[ClosedClaim]:
    """The claims of these marks, each with the day it closed on and everybody's mark."""
    found: dict[int, ClosedClaim] = {}
    for mark in marks:
        claim = found.setdefault(mark.claim, ClosedClaim(mark.closed_on, mark.article, {}))
        claim.given[mark.reviewer] = mark.label
    return list(found.values())


def agreement_of(project: Project, *, article: Article | None = None) -> Summary:
    """Every figure of agreement of the project (or one article), with `seed_of` the project for its interval."""
    return summary(ratings_of(project, article=article), seed=seed_of(project))


def kinds_of(project: Project) -> Ratings:
    """The content kinds that reviewers named, over the counted labels that say attributed statement."""
    return Ratings.of(_fetched(KINDS_SAID, project), KINDS)


def kind_agreement_of(project: Project) -> Summary:
    """Every figure of agreement on content kinds, with the same seed."""
    return summary(kinds_of(project), seed=seed_of(project))


def verdicts_of(project: Project) -> dict[str, Approval]:
    """By aspect, how many verdicts another person approved as they were proposed."""
    found = {aspect: (approved, sent_back) for aspect, approved, sent_back in _fetched(VERDICTS_REVIEWED, project)}
    return {aspect: approval(*found.get(aspect, (0, 0))) for aspect in ASPECTS}


def evidence_of(project: Project) -> tuple[Overlap, Overlap]:
    """How far people used the same sources: in all, and of what they gave before they could see each other's."""
    used: dict[bool, dict[str, dict[Hashable, set[Hashable]]]] = {True: {}, False: {}}
    for question, person, source, url, blind in _fetched(EVIDENCE_USED, project):
        for early in {blind, False}:
            people = used[early].setdefault(question, {})
            people.setdefault(person, set()).add(place(url) or source)
    return overlap(used[False].values()), overlap(used[True].values())


def _fetched(sql: str, project: Project, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"project": project.pk, **values})
        rows: list[Any] = cursor.fetchall()
    return rows


def seed_of(project: Project) -> int:
    """The seed of the project's intervals: the first four bytes of the SHA-256 of its slug, as a number.

    It follows from what everybody sees of the project, so that the interval can be made again anywhere, and
    does not move with the labels.
    """
    return int.from_bytes(sha256(project.slug.encode()).digest()[:4])
