"""The same SQL as the product's, through psycopg alone: what is left when there is no product around the database."""

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import psycopg
from uuid_utils.compat import uuid7

from tests.bench.client import Measured

PROCESSES = 2  # as many as the product has web processes


@dataclass(frozen=True)
class Saves:
    """Labels to save over one connection: by whom, on which claims, and the product's statements for it."""

    statements: dict[str, str]
    user: int
    token: str
    project: int
    codebook: str
    claims: tuple[tuple[str, str], ...]  # (claim, article)

    def save(self, connection: psycopg.Connection[Any], claim: str, article: str, text: str) -> None:
        """One save as the product does it: who is it, then one transaction of three statements."""
        now = datetime.now(UTC)
        with connection.cursor() as cursor:
            cursor.execute(self.statements["find"], [hashlib.sha256(self.token.encode()).hexdigest()])
            cursor.fetchone()
            with connection.transaction():
                cursor.execute(self.statements["read"], {"user": self.user, "claim": claim})
                cursor.fetchone()
                cursor.execute(self.statements["write"], self._label(claim, text, now))
                label, version, *_ = cursor.fetchone() or ()
                cursor.execute(self.statements["insert"], self._event(label, claim, article, version, now))

    def _label(self, claim: str, text: str, now: datetime) -> dict[str, Any]:
        said = {"label": "verifiable_fact", "content_kind": None, "attribution": None, "flags": "[]"}
        rest = {"confidence": None, "rationale": text, "rule": "", "reason": "", "seconds": None}
        keys = {"id": uuid7(), "revision": uuid7(), "claim": UUID(claim), "user": self.user, "now": now}
        return {**said, **rest, **keys, "codebook": UUID(self.codebook)}

    def _event(self, label: UUID, claim: str, article: str, version: int, now: datetime) -> dict[str, Any]:
        return {
            "stream": f"project:{self.project}:actor:{self.user}",
            "n": 1,
            "project": self.project,
            "actor": self.user,
            "hidden": True,
            "at": now,
            "ids": [uuid7()],
            "verbs": ["label.saved"],
            "types": ["label"],
            "subjects": [str(label)],
            "articles": [UUID(article)],
            "claims": [UUID(claim)],
            "data": [json.dumps({"number": version, "before": None, "after": "verifiable_fact"})],
        }


def saved(url: str, lines: Sequence[Saves], *, prepared: bool) -> Measured:
    """Save the labels of each line over a connection of its own, all lines side by side.

    `prepared` statements stand on the server; the others are whole texts, as Django sends them.
    """
    if len(lines) == 1:
        return _saved(url, lines, prepared)
    shares = [lines[start::PROCESSES] for start in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as processes:
        # A first round that saves nothing: the processes are there before the clock starts.
        list(processes.map(_saved, [url] * PROCESSES, [()] * PROCESSES, [prepared] * PROCESSES))
        began = time.perf_counter()
        parts = list(processes.map(_saved, [url] * PROCESSES, shares, [prepared] * PROCESSES))
        return Measured([one for part in parts for one in part.times], time.perf_counter() - began)


def replayed(url: str, statements: Sequence[str], *, times: int, writes: bool = False) -> Measured:
    """Send the statements one after the other and fetch every row, so many times; what they write is rolled back."""
    measured = Measured()
    together = writes or statements[0].startswith("SET TRANSACTION")
    with _connected(url, prepared=False) as connection:
        for _ in range(times):
            start = time.perf_counter()
            with connection.transaction(force_rollback=True) if together else nullcontext():
                _send(connection, statements)
            measured.times.append(time.perf_counter() - start)
    measured.seconds = sum(measured.times)
    return measured


def _send(connection: psycopg.Connection[Any], statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            if cursor.description:
                cursor.fetchall()


def _saved(url: str, lines: Sequence[Saves], prepared: bool) -> Measured:
    if not lines:
        return Measured()
    began = time.perf_counter()
    with ThreadPoolExecutor(len(lines)) as threads:
        times = [one for line in threads.map(lambda saves: list(_times(url, saves, prepared)), lines) for one in line]
    return Measured(times, time.perf_counter() - began)


def _times(url: str, saves: Saves, prepared: bool) -> Iterator[float]:
    with _connected(url, prepared=prepared) as connection:
        for number, (claim, article) in enumerate(saves.claims):
            start = time.perf_counter()
            saves.save(connection, claim, article, f"Because of record {number}.")
            yield time.perf_counter() - start


def _connected(url: str, *, prepared: bool) -> psycopg.Connection[Any]:
    factory = psycopg.Cursor if prepared else psycopg.ClientCursor
    return psycopg.connect(url, autocommit=True, cursor_factory=factory, prepare_threshold=0 if prepared else None)
