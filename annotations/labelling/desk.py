"""What saving one label needs to know, read and written in two statements.

Saving is what three hundred people do all day, and the ORM would spend three quarters of the time of a save on
building queries and rows that nobody looks at. The rules are the same as everywhere: `claims.queries.may_know` for who
may know of the claim, one place for each reviewer and claim, revisions only ever added.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from uuid_utils.compat import uuid7

from annotations.accounts.models import User
from annotations.claims.queries import may_know
from annotations.errors import NotVisible
from annotations.labelling.content import LabelContent

# The claim is held against closing until the label is stored; other reviewers may write theirs meanwhile.
READ = """
SELECT c.project_id, c.article_id, c.start, c."end", c.status, c.labelling_closed_at IS NOT NULL, m.role,
       p.distribution = 'open' OR EXISTS (
           SELECT FROM annotations_assignment g
           WHERE g.reviewer_id = %(user)s AND g.article_id = c.article_id
             AND (g.claim_id IS NULL OR g.claim_id = c.id)),
       b.id, b.version, b.rules, p.training,
       a.length, l.id, l.version, l.handed_in_at, l.counted_id, l.created_at, r.id, r.created_at, o.version, r.seconds,
       r.label, r.content_kind, r.attribution, r.flags, r.confidence, r.rationale, r.rule, r.reason
FROM annotations_claim c
JOIN annotations_project p ON p.id = c.project_id
JOIN annotations_article a ON a.id = c.article_id
JOIN annotations_membership m ON m.project_id = c.project_id AND m.user_id = %(user)s
LEFT JOIN annotations_codebook b ON b.id = p.codebook_id
LEFT JOIN annotations_label l ON l.claim_id = c.id AND l.reviewer_id = %(user)s
LEFT JOIN annotations_labelrevision r ON r.id = l.current_id
LEFT JOIN annotations_codebook o ON o.id = r.codebook_id
WHERE c.id = %(claim)s
FOR SHARE OF c
"""
# Takes or makes the reviewer's place, and adds to it. What it returns is the place as it stands now, also where it had
# to wait for another save of the same reviewer.
WRITE = """
WITH place AS (
    INSERT INTO annotations_label AS l (id, claim_id, reviewer_id, version, current_id, created_at)
    VALUES (%(id)s, %(claim)s, %(user)s, 1, %(revision)s, %(now)s)
    ON CONFLICT (claim_id, reviewer_id) DO UPDATE SET version = l.version + 1, current_id = EXCLUDED.current_id
    RETURNING id, version, handed_in_at, counted_id
), said AS (
    INSERT INTO annotations_labelrevision (id, claim_id, reviewer_id, number, codebook_id, created_at, seconds,
                                           label, content_kind, attribution, flags, confidence, rationale, rule, reason)
    SELECT %(revision)s, %(claim)s, %(user)s, version, %(codebook)s, %(now)s, %(seconds)s::integer, %(label)s,
           %(content_kind)s, %(attribution)s::jsonb, %(flags)s::jsonb, %(confidence)s::smallint, %(rationale)s,
           %(rule)s, %(reason)s
    FROM place
)
SELECT id, version, handed_in_at, counted_id FROM place
"""


@dataclass(frozen=True)
class Saved:
    """My label as it is stored: version, content, codebook, active seconds so far, and whether it can still change."""

    label_id: UUID
    version: int
    content: LabelContent
    codebook_version: str
    saved_at: datetime
    seconds: int | None
    handed_in: bool
    counts: bool


@dataclass(frozen=True)
class Desk:
    """One claim before one reviewer: where it stands, whether it is theirs, the codebook, their label so far."""

    claim_id: UUID
    project_id: int
    article_id: UUID
    start: int
    end: int
    status: str
    closed: bool
    role: str
    held: bool
    codebook_id: UUID | None
    codebook_version: str
    rules: list[str]
    training: bool
    length: int
    mine: Saved | None


def read_desk(actor: User, claim_id: UUID) -> Desk:
    """The claim with the reviewer's label, held against closing; 404 where the actor may not know of the claim."""
    values: dict[str, Any] = {"user": actor.pk, "claim": claim_id}
    with connection.cursor() as cursor:
        row = cursor.execute(READ, values).fetchone()
        if row is not None and row[5]:
            # Where this waited for the closing, the label was read before it: what counts shows only now.
            row = cursor.execute(READ, values).fetchone()
    if row is None or not may_know(role=row[6], closed=row[5]):
        raise NotVisible
    names = [field.name for field in fields(Desk)]
    facts = dict(zip(names[1:11], row, strict=False))
    rules = [rule["id"] for rule in orjson.loads(row[10] or "[]")]
    return Desk(
        claim_id=claim_id, rules=rules, training=row[11], length=row[12], mine=_saved(row[13:], closed=row[5]), **facts
    )


def write_revision(actor: User, desk: Desk, content: LabelContent, now: datetime, *, seconds: int | None) -> Saved:
    """Add a revision to the reviewer's place on the claim; the label as it stands then."""
    said = {field.name: _json(getattr(content, field.name)) for field in fields(LabelContent)}
    values: dict[str, Any] = {"claim": desk.claim_id, "user": actor.pk, "codebook": desk.codebook_id, **said}
    values["seconds"] = seconds
    with connection.cursor() as cursor:
        cursor.execute(WRITE, {"id": uuid7(), "revision": uuid7(), "now": now, **values})
        label_id, version, handed_in_at, counted_id = cursor.fetchone()
    handed_in, counts = handed_in_at is not None, counted_id is None
    return Saved(label_id, version, content, desk.codebook_version, now, seconds, handed_in, counts)


def _saved(row: tuple[Any, ...], *, closed: bool) -> Saved | None:
    label_id, version, handed_in_at, counted_id, _, revision_id, saved_at, codebook, seconds, *said = row
    if revision_id is None:
        return None
    label, content_kind, attribution, flags, *rest = said
    content = LabelContent(label, content_kind, orjson.loads(attribution or "null"), orjson.loads(flags), *rest)
    counts = counted_id == revision_id if closed else True
    return Saved(label_id, version, content, codebook, saved_at, seconds, handed_in_at is not None, counts)


def _json(value: Any) -> Any:
    """A list or mapping as the text of its JSON, which is what a jsonb column takes from a plain statement."""
    return orjson.dumps(value).decode() if isinstance(value, list | dict) else value
