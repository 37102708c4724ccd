"""Writes of claims before labelling: proposing, adding, splitting, merging, dismissing units."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.articles.normalisation import stored_form
from annotations.articles.queries import article_for
from annotations.articles.services import import_article, stored_text
from annotations.audit.services import Happening, record, record_all
from annotations.claims import segmentation, spans
from annotations.claims.models import Claim, Kind, Status
from annotations.claims.queries import claim_for
from annotations.errors import InvalidInput, StaleVersion, WrongState
from annotations.projects.access import Action, require, require_member
from annotations.projects.queries import membership_in
from annotations.web.wording import said

LONGEST_SEGMENTED = 1_000_000  # code points; PostgreSQL checks each span against the text, which costs its length


@transaction.atomic
def import_and_propose(actor: User, *, slug: str, segment: bool = True, text: str, **provenance: Any) -> Article:
    """Store an article and, where `segment`, propose its units. Language is found from the text where not given."""
    require_member(membership_in(actor, slug), Action.EDIT_ARTICLES)
    language = provenance.pop("language", "") or segmentation.detect_language(text[:20_000])
    # Found before anything is held: what takes long must keep nobody waiting.
    proposals = _proposals(stored_text(text), language) if segment else []
    article = import_article(actor, slug=slug, text=text, language=language, **provenance)
    if segment:
        _add_proposed(actor, article, proposals)
    return article


def _proposals(text: str, language: str) -> list[segmentation.Proposal]:
    if len(text) > LONGEST_SEGMENTED:
        told = _("A text of more than %(most)s characters cannot be segmented. Send segment: false.")
        most = number_format(LONGEST_SEGMENTED, force_grouping=True)
        raise InvalidInput.field("segment", told % {"most": most})
    return segmentation.propose(text, language)


def _add_proposed(actor: User, article: Article, proposals: list[segmentation.Proposal]) -> None:
    claims = [_built(actor, article, spans.span_at(article.text, p.start, p.end), kind=p.kind) for p in proposals]
    Claim.objects.bulk_create(claims, batch_size=2000)
    article.splitter = segmentation.SPLITTER
    article.save(update_fields=["splitter"])
    record(
        actor,
        "claims.proposed",
        article,
        project=article.project_id,
        article=article.pk,
        claims=len(claims),
        splitter=segmentation.SPLITTER,
    )


@transaction.atomic
def add_claims(actor: User, *, article_id: UUID, wanted: Sequence[dict[str, Any]]) -> list[Claim]:
    """Add units by `{start, end}` or `{exact, prefix, suffix}`, with an optional `kind` and `proposition`: all or none.

    In an opened article a manager adds a missed claim, which begins in labelling; a closed article is open again.
    """
    article = article_for(actor, article_id, lock=True)
    require(article.role, Action.EDIT_UNITS)
    claims = _wanted(actor, article, wanted)
    _refuse_twins(article, claims)
    Claim.objects.bulk_create(claims, batch_size=2000)
    if article.status == Article.Status.CLOSED:
        article.status, article.closed_at = Article.Status.OPEN, None
        article.save(update_fields=["status", "closed_at"])
    record_all(actor, (_happened("claim.added", claim) for claim in claims), project=article.project_id)
    return claims


@transaction.atomic
def resize_claim(actor: User, *, claim_id: UUID, start: int, end: int, version: int) -> Claim:
    """Give a draft unit another span."""
    claim = draft_for(actor, claim_id, version)
    before = [claim.start, claim.end]
    try:
        span = spans.span_at(claim.article.text, start, end)
    except spans.SpanError as error:
        raise InvalidInput.field("end", said(error.message)) from None
    if claim.proposition == _sentence(claim.exact):
        claim.proposition = _sentence(span.exact)
    _place(claim, span)
    _refuse_twins(claim.article, [claim])
    claim.version += 1
    claim.save()
    record_all(actor, [_happened("claim.resized", claim, before=before, after=[start, end])], project=claim.project_id)
    return claim


@transaction.atomic
def split_claim(actor: User, *, claim_id: UUID, at: int, version: int) -> list[Claim]:
    """Make two units of one, cut before the code point `at` of the article; the first keeps a written proposition."""
    claim = draft_for(actor, claim_id, version)
    try:
        parts = spans.split(claim.article.text, spans.span_at(claim.article.text, claim.start, claim.end), at)
    except spans.SpanError as error:
        raise InvalidInput.field("at", said(error.message)) from None
    return _replace(actor, [claim], parts, "claim.split")


@transaction.atomic
def merge_claims(actor: User, *, article_id: UUID, claim_ids: Sequence[UUID]) -> Claim:
    """Make one unit of several of an article, from the first's start to the last's end; what was written is kept."""
    article = article_for(actor, article_id, lock=True)
    require(article.role, Action.EDIT_UNITS)
    held = [draft_for(actor, claim_id) for claim_id in sorted(set(claim_ids))]
    claims = sorted(held, key=lambda claim: (claim.start, claim.end))
    if len(claims) < 2 or {claim.article_id for claim in claims} != {article_id}:
        raise InvalidInput.field("claims", _("Name at least two units of this article."))
    between = Claim.objects.filter(article=article, start__gte=claims[0].start, end__lte=claims[-1].end)
    if between.exclude(pk__in=[claim.pk for claim in claims]).exists():
        told = _("Another unit stands between these. Name it as well, or dismiss it first.")
        raise InvalidInput.field("claims", told)
    text = claims[0].article.text
    whole = spans.merged(text, [spans.span_at(text, claim.start, claim.end) for claim in claims])
    return _replace(actor, claims, [whole], "claim.merged")[0]


@transaction.atomic
def replace_units(
    actor: User, *, article_id: UUID, old: Sequence[tuple[UUID, int]], new: Sequence[dict[str, Any]]
) -> list[Claim]:
    """Put new units, exactly as given, in the place of `old` ones (id, version): how an edit is taken back.

    All or none: 404 where an old one is gone, 412 where it is of another version, 409 once the article is open.
    """
    article = article_for(actor, article_id, lock=True)
    require(article.role, Action.EDIT_UNITS)
    gone = [draft_for(actor, claim_id, version) for claim_id, version in sorted(set(old))]
    if article.status != Article.Status.DRAFT:
        raise WrongState(_("The article has been opened: its units are fixed."))
    if any(claim.article_id != article_id for claim in gone):
        raise InvalidInput.field("old", _("Name units of this article."))
    made = _wanted(actor, article, new)
    Claim.objects.filter(pk__in=[claim.pk for claim in gone]).delete()
    _refuse_twins(article, made)
    Claim.objects.bulk_create(made)
    was, written = [[claim.start, claim.end] for claim in gone], _written(gone)
    happened = [_happened("claim.restored", claim, before=was, propositions=written) for claim in made]
    dismissed = (_happened("claim.dismissed", claim, propositions=_written([claim])) for claim in gone)
    record_all(actor, happened or dismissed, project=article.project_id)
    return made


@transaction.atomic
def dismiss_claim(actor: User, *, claim_id: UUID, version: int | None = None) -> None:
    """Take a draft unit away; the log keeps what it was. 409 once the article is open, 412 where `version` is stale."""
    claim = draft_for(actor, claim_id, version)
    Claim.objects.filter(pk=claim.pk).delete()
    record_all(actor, [_happened("claim.dismissed", claim, propositions=_written([claim]))], project=claim.project_id)


@transaction.atomic
def write_proposition(actor: User, *, claim_id: UUID, proposition: str, version: int) -> Claim:
    """State in one stand-alone sentence what a draft unit claims."""
    claim = draft_for(actor, claim_id, version)
    return set_proposition(actor, claim, proposition)


def set_proposition(actor: User, claim: Claim, proposition: str) -> Claim:
    """Store a proposition on a claim that is held; nothing happens where it is the same."""
    before, claim.proposition = claim.proposition, proposition.strip() or _sentence(claim.exact)
    if claim.proposition != before:
        claim.version += 1
        claim.save(update_fields=["proposition", "version"])
        happening = _happened("claim.proposition_written", claim, before=before, after=claim.proposition)
        record_all(actor, [happening], project=claim.project_id)
    return claim


def draft_for(actor: User, claim_id: UUID, version: int | None = None) -> Claim:
    """The claim, held, while it may still be edited as a unit: 403, 409 once opened, 412 where `version` is stale."""
    seen = claim_for(actor, claim_id)
    article_for(actor, seen.article_id, lock=True)
    claim = claim_for(actor, claim_id, lock=True)
    require(claim.role, Action.EDIT_UNITS)
    check_version(claim, version)
    if claim.status != Status.DRAFT:
        raise WrongState(_("The article has been opened: the span and quote of its claims are fixed."))
    return claim


def check_version(claim: Claim, version: int | None) -> None:
    """Refuse (412) a write that was made from another version of the claim than the present one."""
    if version is not None and version != claim.version:
        current = {"version": claim.version, "start": claim.start, "end": claim.end, "proposition": claim.proposition}
        raise StaleVersion(_("Somebody changed this claim meanwhile."), extra={"current": current})


def _replace(actor: User, old: list[Claim], parts: Iterable[spans.Span], verb: str) -> list[Claim]:
    article = old[0].article
    new = [_built(actor, article, span, kind=old[0].kind) for span in parts]
    if written := _written(old):
        new[0].proposition = " ".join(claim.proposition for claim in old)
    was = [[claim.start, claim.end] for claim in old]
    Claim.objects.filter(pk__in=[claim.pk for claim in old]).delete()
    _refuse_twins(article, new)
    Claim.objects.bulk_create(new)
    record_all(
        actor, (_happened(verb, claim, before=was, propositions=written) for claim in new), project=article.project_id
    )
    return new


def _wanted(actor: User, article: Article, wanted: Sequence[dict[str, Any]]) -> list[Claim]:
    """The claims asked for, not stored yet; InvalidInput names each that has no place in the text."""
    errors: dict[str, list[str]] = {}
    claims: list[Claim] = []
    for place, item in enumerate(wanted):
        try:
            claims.append(_built(actor, article, _span_of(article, item), **_besides(item)))
        except spans.SpanError as error:
            errors[_field(item) if len(wanted) == 1 else f"{place}.{_field(item)}"] = [said(error.message)]
    if errors:
        raise InvalidInput("; ".join(sentence for [sentence] in errors.values()), errors=errors)
    return claims


def _built(
    actor: User, article: Article, span: spans.Span, *, kind: str = Kind.SENTENCE, proposition: str = ""
) -> Claim:
    opened = article.status != Article.Status.DRAFT
    claim = Claim(project_id=article.project_id, article=article, kind=kind, created_by=actor)
    claim.status = Status.LABELLING if opened else Status.DRAFT
    _place(claim, span)
    claim.proposition = proposition.strip() or _sentence(span.exact)
    return claim


def _place(claim: Claim, span: spans.Span) -> None:
    claim.start, claim.end, claim.exact = span.start, span.end, span.exact
    claim.prefix, claim.suffix = span.prefix, span.suffix


def _sentence(exact: str) -> str:
    return " ".join(exact.split())


def _written(claims: Iterable[Claim]) -> list[str]:
    """The propositions that somebody wrote, as they are not the unit's own words."""
    return [claim.proposition for claim in claims if claim.proposition != _sentence(claim.exact)]


def _span_of(article: Article, item: dict[str, Any]) -> spans.Span:
    if "exact" in item:
        # A quote is looked for in the form in which texts are stored.
        quote = {name: stored_form(item.get(name, "")) for name in ("exact", "prefix", "suffix")}
        return spans.find_quote(article.text, **quote)
    return spans.span_at(article.text, item["start"], item["end"])


def _besides(item: dict[str, Any]) -> dict[str, Any]:
    return {name: item[name] for name in ("kind", "proposition") if item.get(name)}


def _field(item: dict[str, Any]) -> str:
    return "exact" if "exact" in item else "end"


def _refuse_twins(article: Article, claims: list[Claim]) -> None:
    taken = set(
        Claim.objects.filter(article=article)
        .exclude(pk__in=[claim.pk for claim in claims])
        .exclude(status=Status.VOID)
        .values_list("start", "end")
    )
    for claim in claims:
        if (claim.start, claim.end) in taken:
            told = _("There is a claim from %(start)s to %(end)s already.")
            raise WrongState(told % {"start": claim.start, "end": claim.end})
        taken.add((claim.start, claim.end))


def _happened(verb: str, claim: Claim, **data: Any) -> Happening:
    told = {"start": claim.start, "end": claim.end, "exact": claim.exact[:200], **data}
    return Happening(verb, claim, claim.article_id, claim.pk, told)
