"""Reads everything a release holds from one moment of the database, a few claims at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from annotations.adjudication.models import Decision
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.codebooks.models import Codebook
from annotations.labelling.models import Label
from annotations.releases import records
from annotations.releases.models import Release
from annotations.releases.pseudonyms import pseudonyms
from annotations.releases.queries import chosen_claims, published_release
from annotations.releases.records import Names, Record, Row
from annotations.verification.models import Check, Evidence, Verdict
from annotations.verification.transitions import required_aspects

CLAIMS_AT_ONCE = 500
ARTICLES_AT_ONCE = 20  # a text may have 5 MB

Columns = tuple[str, ...]

CODEBOOK = ("version", "language", "text", "rules", "created_at")
ARTICLE: Columns = ("id", "url", "title", "publisher", "author", "published_on", "language")
ARTICLE += ("sha256", "length", "captured_at", "text")
CLAIM: Columns = ("id", "article_id", "start", "end", "exact", "prefix", "suffix", "kind", "proposition", "label")
CLAIM += ("content_kind", "origin", "attribution", "unsettled", "status", "version")
SAID = ("label", "content_kind", "attribution", "flags", "confidence", "rationale", "reason", "rule", "created_at")
COUNTED = (*(f"counted__{name}" for name in SAID), "counted__codebook__version")
DECISION = ("id", "claim_id", "adjudicator", "label", "content_kind", "attribution", "reason", "created_at")
CHECK = ("claim_id", "aspect", "status", "status_since")
VERDICT: Columns = ("claim_id", "aspect", "verdict", "explanation", "as_of", "search_note", "status")
VERDICT += ("proposed_by", "reviewed_by")
EVIDENCE: Columns = (
    "id",
    "claim_id",
    "aspect",
    "stance",
    "tier",
    "quote",
    "note",
    "set",
    "independence_group",
    "source_id",
)
EVIDENCE += ("source__url", "source__title", "source__publisher", "source__author", "source__published_on")

Around = dict[UUID, list[Row]]


@contextmanager
def snapshot() -> Iterator[None]:
    """One read-only transaction in which the database stands still."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def release_record(release: Release) -> Record:
    """What is known of a release before it has its id; call it in the snapshot, which says which number is next."""
    project, parent = release.project, published_release(release.project)
    return {
        "type": "release",
        "format": records.FORMAT,
        "format_version": records.FORMAT_VERSION,
        "generator": {"name": "Fact-check Workbench"},
        "number": parent.number + 1 if parent and parent.number else 1,
        "parent": {"id": parent.public_id, "number": parent.number} if parent else None,
        "title": release.title,
        "license": release.license,
        "frozen_at": release.frozen_at,
        "filter": release.filter,
        "project": {"slug": project.slug, "name": project.name},
        "rules": {name: getattr(project, name) for name in ("blind", "four_eyes", "labels_per_claim")},
        "offset_unit": records.OFFSET_UNIT,
        "normalization": records.NORMALIZATION,
        "text_included": True,
    }


def frozen_records(release: Release) -> Iterator[Record]:
    """Every record of the release after its first, in the order of the native form; consume it in the snapshot."""
    chosen = chosen_claims(release.project, release.filter)
    within = chosen.order_by().values("pk")
    names = pseudonyms(bytes(release.pseudonym_key), _people(within))
    counted = Label.objects.filter(claim__in=within, counted__isnull=False)
    codebooks = Codebook.objects.filter(pk__in=counted.values("counted__codebook")).order_by("created_at", "id")
    for codebook in codebooks.values(*CODEBOOK):
        yield records.codebook_record(codebook)
    held = Article.objects.filter(pk__in=chosen.order_by().values("article")).order_by("created_at", "id")
    articles = held.values(*ARTICLE).iterator(chunk_size=ARTICLES_AT_ONCE)
    article_id = None
    for claims in _batches(chosen.values(*CLAIM).iterator(chunk_size=CLAIMS_AT_ONCE)):
        tell = _Telling(claims, names, blind=release.project.blind)
        for claim in claims:
            if claim["article_id"] != article_id:
                article_id = claim["article_id"]
                yield next(records.article_record(row) for row in articles if row["id"] == article_id)
            yield from tell.about(claim)


class _Telling:
    """What was said of a few claims, fetched at once."""

    def __init__(self, claims: Iterable[Row], names: Names, *, blind: bool) -> None:
        ids = [claim["id"] for claim in claims]
        self.names, self.blind = names, blind
        self.labels = _by_claim(_counted_labels(ids))
        self.decisions = _by_claim(_of(Decision.objects.order_by("created_at", "id"), ids).values(*DECISION))
        self.checks = _by_claim(_of(Check.objects.order_by("aspect"), ids).values(*CHECK))
        self.verdicts = _by_claim(_of(Verdict.objects.order_by("proposed_at", "id"), ids).values(*VERDICT))
        self.evidence = _by_claim(_of(Evidence.objects.order_by("created_at", "id"), ids).values(*EVIDENCE))

    def about(self, claim: Row) -> Iterator[Record]:
        """The claim's record and those that follow it."""
        key = claim["id"]
        labels = sorted(self.labels[key], key=lambda row: self.names[row["reviewer"]])
        evidence, verdicts = self.evidence[key], self.verdicts[key]
        required = required_aspects(claim["label"], claim["content_kind"])
        standing = [row for row in self.checks[key] if row["aspect"] in required]
        checks = [records.check_record(row, verdicts, evidence, self.names) for row in standing]
        yield records.claim_record(claim, labels, checks)
        yield from map(records.evidence_record, evidence)
        for row in labels:
            yield records.label_record(row, claim, self.names[row["reviewer"]], blind=self.blind)
        for row in self.decisions[key]:
            yield records.decision_record(row, claim, self.names[row["adjudicator"]])


def _counted_labels(ids: list[UUID]) -> Iterator[Row]:
    rows = _of(Label.objects.filter(counted__isnull=False), ids).values("id", "claim_id", "reviewer", *COUNTED)
    return ({name.removeprefix("counted__"): value for name, value in row.items()} for row in rows)


def _of(rows: QuerySet[Any], ids: list[UUID]) -> QuerySet[Any]:
    return rows.filter(claim__in=ids)


def _by_claim(rows: Iterable[Row]) -> Around:
    around: Around = defaultdict(list)
    for row in rows:
        around[row["claim_id"]].append(row)
    return around


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, CLAIMS_AT_ONCE)):
        yield batch


def _people(claims: QuerySet[Claim, Any]) -> set[int]:
    """Everybody a release of these claims names."""
    found: set[int] = set()
    for rows, column in (
        (Label.objects.filter(counted__isnull=False), "reviewer"),
        (Decision.objects.all(), "adjudicator"),
        (Verdict.objects.all(), "proposed_by"),
        (Verdict.objects.filter(reviewed_by__isnull=False), "reviewed_by"),
    ):
        found.update(rows.filter(claim__in=claims).order_by().values_list(column, flat=True).distinct())
    return found
