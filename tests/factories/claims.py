"""A desk of people and its claims, made through the services alone, at every step of a claim's way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from annotations.accounts.models import User
from annotations.adjudication.services import decide
from annotations.articles.models import Article
from annotations.audit.services import Happening, record, record_all
from annotations.claims.models import Claim, Status
from annotations.claims.opening import open_article
from annotations.claims.services import add_claims, import_and_propose
from annotations.codebooks.services import start_project
from annotations.labelling.services import LabelContent, hand_in, save_label
from annotations.projects.models import Membership, Project
from annotations.verification.models import Verdict
from annotations.verification.services import add_evidence, approve_verdict, propose_verdict
from annotations.verification.source_models import Evidence

FACT = "The bridge at Kalda 🌉 collapsed on Tuesday."
QUOTE = "“It was bound to happen,” said the mayor, Réna Orlu."
ARABIC = "قال الوزير إن الجسر فُحص في مايو."
OPINION = "The neglect of the council is a disgrace."
QUESTION = "Is anybody surprised?"
UNITS = (FACT, QUOTE, ARABIC, OPINION, QUESTION)
ROLES = {"ben": "reviewer", "cleo": "reviewer", "dora": "adjudicator", "eve": "adjudicator", "vic": "viewer"}

_numbers = count(1)


@dataclass(frozen=True)
class Desk:
    """A project of ann (manager), ben and cleo (reviewers), dora and eve (adjudicators), vic (viewer)."""

    project: Project
    people: dict[str, User]

    def __getattr__(self, name: str) -> User:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def desk(slug: str = "desk", **rules: Any) -> Desk:
    """A new project; people of these names who exist already are members of this one too.

    The people and their places are written at once: most tests begin with them, and the services have tests of their
    own.
    """
    people = _people(["ann", *ROLES])
    project = start_project(people["ann"], slug=slug, name=f"The {slug}", **rules).project
    rows = [Membership(project=project, user=people[name], role=role) for name, role in ROLES.items()]
    with transaction.atomic():
        added = Membership.objects.bulk_create(rows)
        told = [Happening("member.added", row, data={"username": row.user.username, "role": row.role}) for row in added]
        record_all(people["ann"], told, project=project.pk)
    return Desk(project, people)


def _people(names: Sequence[str]) -> dict[str, User]:
    """The people of these names; who is not there yet is made as `create_user` makes them."""
    there = set(User.objects.filter(username__in=names).values_list("username", flat=True))
    with transaction.atomic():
        new = [User(username=name, password=make_password(None)) for name in names if name not in there]
        for user in User.objects.bulk_create(new):
            record(user, "user.created", user)
    found = {user.username: user for user in User.objects.filter(username__in=names)}
    return {name: found[name] for name in names}


def draft(at: Desk, *quotes: str, **provenance: Any) -> Article:
    """An article of these units (by default `UNITS`), each a line of its text, under a heading that is no unit."""
    units = quotes or UNITS
    text = "\n".join([f"Report number {next(_numbers)}", *units])
    details = {"title": "The bridge", "language": "en", **provenance}
    article = import_and_propose(at.ann, slug=at.project.slug, text=text, segment=False, **details)
    add_claims(at.ann, article_id=article.pk, wanted=[{"exact": unit} for unit in units])
    return article


def opened(at: Desk, *quotes: str, **provenance: Any) -> list[Claim]:
    """The claims of a new article that is open for labelling, in the order of the text."""
    article = draft(at, *quotes, **provenance)
    open_article(at.ann, article_id=article.pk)
    return list(Claim.objects.filter(article=article).select_related("article").order_by("start"))


def said(label: str, **more: Any) -> LabelContent:
    """What a reviewer says; abstentions get a reason."""
    reason = "Cannot tell." if label in ("unsure", "not_a_claim") else ""
    return LabelContent(**{"label": label, "reason": reason, **more})


def label(at: Desk, claim: Claim, **labels: str | LabelContent) -> None:
    """Save labels: `label(at, claim, ben="opinion", cleo=said(...))`."""
    for name, given in labels.items():
        content = said(given) if isinstance(given, str) else given
        save_label(at.people[name], claim_id=claim.pk, content=content)


def hand_in_all(at: Desk, claim: Claim, *names: str) -> Claim:
    """Hand in what these people labelled in the claim's article; the claim as it is then."""
    for name in names:
        hand_in(at.people[name], article_id=claim.article_id, partial=True)
    return fresh(claim)


def fresh(claim: Claim) -> Claim:
    """The claim as it stands in the database."""
    return Claim.objects.select_related("article", "project").get(pk=claim.pk)


def closed(at: Desk, quote: str = FACT, **labels: str | LabelContent) -> Claim:
    """A claim of an article of its own that these people labelled and handed in."""
    [claim] = opened(at, quote)
    label(at, claim, **labels)
    return hand_in_all(at, claim, *labels)


def fact(at: Desk, quote: str = FACT) -> Claim:
    """A claim that ben and cleo agree is a verifiable fact."""
    return closed(at, quote, ben="verifiable_fact", cleo="verifiable_fact")


def quoted(at: Desk, content_kind: str | None = "evaluation", quote: str = QUOTE) -> Claim:
    """A claim that ben and cleo agree is an attributed statement of this content kind."""
    content = said("attributed_statement", content_kind=content_kind, attribution={"source_name": "Réna Orlu"})
    return closed(at, quote, ben=content, cleo=content)


def disputed(at: Desk, quote: str = FACT) -> Claim:
    """A claim that ben calls a fact and cleo an opinion."""
    return closed(at, quote, ben=said("verifiable_fact", rationale="A date and a place."), cleo="opinion")


def unsettled(at: Desk) -> Claim:
    """An attributed statement whose content kind and attribution ben and cleo gave differently."""
    return closed(
        at,
        QUOTE,
        ben=said("attributed_statement", content_kind="fact", attribution={"source_name": "the mayor"}),
        cleo=said("attributed_statement", content_kind="evaluation", attribution={"source_name": "Réna Orlu"}),
    )


def decided(at: Desk, claim: Claim, label: str = "verifiable_fact", **more: Any) -> Claim:
    """The claim after dora's decision."""
    decide(at.dora, claim_id=claim.pk, label=label, **{"reason": "The date can be looked up.", **more})
    return fresh(claim)


def evidence(at: Desk, claim: Claim, *, by: str = "ben", **more: Any) -> Evidence:
    """A piece of evidence; by default a primary source that supports the content."""
    details = {"aspect": "content", "stance": "supports", "tier": "primary", **more}
    if "source_id" not in details:
        details.setdefault("url", f"https://records.example/{next(_numbers)}")
    return add_evidence(at.people[by], claim_id=claim.pk, **details)


def proposal(
    at: Desk, claim: Claim, aspect: str = "content", verdict: str = "supported", by: str = "ben", **more: Any
) -> Verdict:
    """A verdict that was proposed."""
    details = {"explanation": "The register has it.", "as_of": date(2026, 11, 1), **more}
    return propose_verdict(at.people[by], claim_id=claim.pk, aspect=aspect, verdict=verdict, **details)


def verified(at: Desk, claim: Claim | None = None) -> Claim:
    """A fact with a primary source, found supported by ben and approved by dora."""
    claim = claim or fact(at)
    evidence(at, claim)
    approve_verdict(at.dora, verdict_id=proposal(at, claim).pk)
    claim = fresh(claim)
    assert claim.status == Status.VERIFIED
    return claim
