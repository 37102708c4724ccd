"""Reads everything a release holds from one moment of the database, a few claims at a time."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from annotations.adjudication.models import Decision
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.codebooks.models import Codebook
from annotations.labelling.models import Label
from annotations.releases import records
from annotations.releases.comparing import Before
from annotations.releases.formats.addresses import page_path
from annotations.releases.models import Release
from annotations.releases.parts import CONTENT, derived_record, part_record
from annotations.releases.pseudonyms import pseudonyms, renamed
from annotations.releases.queries import TEXT_ORDER, chosen_claims, published_release
from annotations.releases.records import Names, Record, Row
from annotations.verification.models import Check, Part, Verdict
from annotations.verification.source_models import Evidence
from annotations.verification.transitions import required_aspects

ROWS_AT_ONCE = 1000
ARTICLES_AT_ONCE = 20  # a text may have 5 MB

Columns = tuple[str, ...]

CODEBOOK = ("version", "language", "text", "rules", "created_at")
ARTICLE: Columns = ("id", "url", "title", "publisher", "author", "published_on", "language")
ARTICLE += ("sha256", "length", "captured_at", "text")
CLAIM: Columns = ("id", "article_id", "start", "end", "exact", "prefix", "suffix", "kind", "proposition", "label")
CLAIM += ("content_kind", "origin", "attribution", "unsettled", "status", "version")
SAID: Columns = ("label", "content_kind", "attribution", "flags", "confidence", "rationale", "reason", "rule")
SAID += ("seconds", "created_at")
COUNTED = (*(f"counted__{name}" for name in SAID), "counted__codebook__version")
DECISION = ("id", "claim_id", "adjudicator", "label", "content_kind", "attribution", "reason", "created_at")
PART: Columns = ("id", "claim_id", "position", "proposition")
CHECK = ("claim_id", "aspect", "status", "status_since")
VERDICT: Columns = ("claim_id", "aspect", "part_id", "verdict", "explanation", "as_of", "search_note", "status")
VERDICT += ("proposed_by", "reviewed_by")
EVIDENCE: Columns = (
    "id",
    "claim_id",
    "aspect",
    "part_id",
    "stance",
    "tier",
    "quote",
    "note",
    "set",
    "independence_group",
    "source_id",
)
EVIDENCE += ("source__url", "source__title", "source__publisher", "source__author", "source__published_on")


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
        "public": _public(release),
        "offset_unit": records.OFFSET_UNIT,
        "normalization": records.NORMALIZATION,
        "text_included": release.text_included,
    }


def _public(release: Release) -> Record | None:
    """The address of the release's public page, and who publishes it; null while the project shows nothing."""
    if not release.project.public:
        return None
    return {"url": f"{settings.PUBLIC_URL}{page_path(release.pk)}", "publisher": release.project.name}


def frozen_records(release: Release) -> Iterator[Record]:
    """Every record of the release after its first, in the order of the native form; consume it in the snapshot.

    Everything is read in the order of the claims, side by side, so that little is held at any time.
    """
    chosen = chosen_claims(release.project, release.filter)
    within = chosen.order_by().values("pk")
    key = bytes(release.pseudonym_key)
    names = pseudonyms(key, _people(within))
    yield from _codebooks(within)
    held = Article.objects.filter(pk__in=chosen.order_by().values("article")).order_by("created_at", "id")
    columns = ARTICLE if release.text_included else tuple(name for name in ARTICLE if name != "text")
    articles = held.values(*columns).iterator(chunk_size=ARTICLES_AT_ONCE)
    with closing(Before(release.project_id, published_release(release.project), chosen.order_by())) as before:
        yield from before.withdrawn()
        told = _Told(within, names, key, before, blind=release.project.blind)
        article_id = None
        for claim in chosen.values(*CLAIM).iterator(chunk_size=ROWS_AT_ONCE):
            if claim["article_id"] != article_id:
                article_id = claim["article_id"]
                yield next(records.article_record(row) for row in articles if row["id"] == article_id)
            yield from told.of(claim)


def _codebooks(claims: QuerySet[Claim, Any]) -> Iterator[Record]:
    counted = Label.objects.filter(claim__in=claims, counted__isnull=False).values("counted__codebook")
    rows = Codebook.objects.filter(pk__in=counted).order_by("created_at", "id")
    return map(records.codebook_record, rows.values(*CODEBOOK))


class _Told:
    """What was said of the claims, handed out for each of them in turn."""

    def __init__(self, claims: QuerySet[Claim, Any], names: Names, key: bytes, before: Before, *, blind: bool) -> None:
        self.names, self.key, self.before, self.blind = names, key, before, blind
        counted = Label.objects.filter(counted__isnull=False)
        self.labels = _Beside(counted, claims, ("id",), ("id", "claim_id", "reviewer", *COUNTED))
        self.decisions = _Beside(Decision.objects.all(), claims, ("created_at", "id"), DECISION)
        self.checks = _Beside(Check.objects.all(), claims, ("aspect",), CHECK)
        self.parts = _Beside(Part.objects.all(), claims, ("position",), PART)
        self.verdicts = _Beside(Verdict.objects.all(), claims, ("proposed_at", "id"), VERDICT)
        self.evidence = _Beside(Evidence.objects.all(), claims, ("created_at", "id"), EVIDENCE)

    def of(self, claim: Row) -> Iterator[Record]:
        """The claim's record and those that follow it."""
        key = claim["id"]
        labels: list[Row] = [{name.removeprefix("counted__"): row[name] for name in row} for row in self.labels.of(key)]
        labels.sort(key=lambda row: self.names[row["reviewer"]])
        evidence, verdicts, parts = self.evidence.of(key), self.verdicts.of(key), self.parts.of(key)
        required = required_aspects(claim["label"], claim["content_kind"])
        standing = [row for row in self.checks.of(key) if row["aspect"] in required]
        told = [part_record(row, standing, verdicts, evidence, self.names) for row in parts]
        checks = [
            derived_record(row, told, evidence)
            if told and row["aspect"] == CONTENT
            else records.check_record(row, verdicts, evidence, self.names)
            for row in standing
        ]
        yield self.before.told(records.claim_record(claim, labels, checks, told))
        yield from map(records.evidence_record, evidence)
        for row in labels:
            yield records.label_record(self._own(row, "label"), claim, self.names[row["reviewer"]], blind=self.blind)
        for row in self.decisions.of(key):
            yield records.decision_record(self._own(row, "decision"), claim, self.names[row["adjudicator"]])

    def _own(self, row: Row, kind: str) -> Row:
        """The row of a person with nothing that stands in another release too: another id, and no time of the day."""
        return {**row, "id": renamed(self.key, kind, row["id"]), "created_at": row["created_at"].date()}


class _Beside:
    """Rows about claims, read in the order of the claims, with those of one claim in an order of their own."""

    def __init__(self, rows: QuerySet[Any], claims: QuerySet[Claim, Any], order: Columns, columns: Columns) -> None:
        ordered = rows.filter(claim__in=claims).order_by(*(f"claim__{name}" for name in TEXT_ORDER), *order)
        self._rows = ordered.values(*columns).iterator(chunk_size=ROWS_AT_ONCE)
        self._next = next(self._rows, None)

    def of(self, claim_id: UUID) -> list[Row]:
        """The rows of the claim whose turn it is."""
        found: list[Row] = []
        while self._next is not None and self._next["claim_id"] == claim_id:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found


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
