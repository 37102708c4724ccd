"""The one way to write the log: inside the transaction of the write it tells of, and as its last statement."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, models
from uuid_utils.compat import uuid7

# Commits tell this channel in which project there is something new; a hint, for the table is the truth. Events that are
# their actor's alone tell nothing: commits that notify wait for each other, which would cost saves of labels dearly.
CHANNEL = "workbench_events"
INSERT = f"""
WITH counted AS (
    INSERT INTO annotations_eventcounter AS c (stream, last) VALUES (%(stream)s, %(n)s)
    ON CONFLICT (stream) DO UPDATE SET last = c.last + %(n)s RETURNING stream, last - %(n)s AS before
), written AS (
    INSERT INTO annotations_event (id, stream, number, project_id, actor_id, verb, subject_type, subject_id,
                                   article_id, claim_id, hidden, data, at)
    SELECT e.id, counted.stream, counted.before + e.place, %(project)s, %(actor)s, e.verb, e.type, e.subject,
           e.article, e.claim, %(hidden)s, e.data, clock_timestamp()
    FROM counted, unnest(%(ids)s::uuid[], %(verbs)s::text[], %(types)s::text[], %(subjects)s::text[],
                         %(articles)s::uuid[], %(claims)s::uuid[], %(data)s::jsonb[])
         WITH ORDINALITY AS e(id, verb, type, subject, article, claim, data, place)
)
SELECT pg_notify('{CHANNEL}', stream) FROM counted WHERE NOT %(hidden)s
"""  # noqa: S608 (a constant)


@dataclass(frozen=True)
class Happening:
    """One thing that was done: a past-tense verb, the row it was done to, and what changed."""

    verb: str
    subject: models.Model
    article_id: UUID | None = None
    claim_id: UUID | None = None
    data: dict[str, Any] = field(default_factory=dict)


def record(
    actor: models.Model | None,
    verb: str,
    subject: models.Model,
    *,
    project: int | None = None,
    article: UUID | None = None,
    claim: UUID | None = None,
    hidden: bool = False,
    **data: Any,
) -> None:
    """Write one event. `project` is the project's key; `hidden` events stay with the actor while a claim is open."""
    record_all(actor, [Happening(verb, subject, article, claim, data)], project=project, hidden=hidden)


def record_all(
    actor: models.Model | None, happenings: Iterable[Happening], *, project: int | None = None, hidden: bool = False
) -> None:
    """Write several events of one act, numbered in order.

    Takes the stream's counter row, which is held until commit, and then the time, so that both tell the order of
    commits: call it after every other lock of the transaction, hidden events before open ones.
    """
    happened = list(happenings)
    if not happened:
        return
    values = {
        "stream": _stream(project, actor, hidden),
        "n": len(happened),
        "project": project,
        "actor": actor.pk if actor else None,
        "hidden": hidden,
        "ids": [uuid7() for _ in happened],
        "verbs": [h.verb for h in happened],
        "types": [h.subject._meta.model_name for h in happened],
        "subjects": [str(h.subject.pk) for h in happened],
        "articles": [h.article_id for h in happened],
        "claims": [h.claim_id for h in happened],
        "data": [orjson.dumps(h.data, default=str).decode() for h in happened],
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)


def _stream(project: int | None, actor: models.Model | None, hidden: bool) -> str:
    person = actor.pk if actor else "system"
    if project is None:
        return f"account:{person}"
    return f"project:{project}:actor:{person}" if hidden else f"project:{project}"
