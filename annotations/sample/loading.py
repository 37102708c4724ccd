"""Loads the sample through the services that pages and API use, so that its log reads like real work."""

from datetime import date
from pathlib import Path

from django.db import transaction

from annotations.accounts.models import User
from annotations.accounts.queries import user_named
from annotations.accounts.services import create_user
from annotations.articles.models import Article
from annotations.claims.models import Claim
from annotations.claims.opening import open_article
from annotations.claims.services import dismiss_claim, import_and_propose, split_claim, write_proposition
from annotations.codebooks.services import start_project
from annotations.projects.models import Project, Role
from annotations.projects.queries import members
from annotations.projects.services import add_member
from annotations.projects.wording import CHECKLIST

SLUG = "sample"
MANAGER, REVIEWERS = "ann", ("ben", "cleo")  # two label; the manager, who does not, decides, approves and releases
BYLINE = "Reporting:"
# Where the sentence with two claims is cut: before these words.
COMPOUND, CUT = "Saturday night", "and the ferry to Merrow"
# What a unit claims where its own words do not stand alone, by how the unit begins.
PROPOSITIONS = {
    "and the ferry": "The ferry from Port Selvane to Merrow Island has not sailed since Saturday night.",
    "“We were abandoned": "People of Merrow Island say that they were abandoned.",
    "She said": "Ilse Tornquist said that insulin for eleven patients would run out by Thursday at the latest.",
    "Its accounts": "The accounts of Port Selvane's port authority for last year show a surplus of 4.2 million crowns.",
    "The report has": "The report of the inspection of the northern pier in May has not been published.",
}


@transaction.atomic
def load() -> None:
    """Make people, project and articles, where no project exists yet; else nothing."""
    if Project.objects.exists():
        return
    ann, *others = (user_named(name) or create_user(name) for name in (MANAGER, *REVIEWERS))
    rules = {"checklist": [str(sentence) for sentence in CHECKLIST]}
    start_project(ann, slug=SLUG, name="Sample: the pier of Port Selvane", **rules)
    for person in others:
        add_member(ann, slug=SLUG, username=person.username, role=Role.REVIEWER)
    article = import_and_propose(
        ann,
        slug=SLUG,
        text=_text("pier"),
        title="Ferry to Merrow stopped after storm tears pier",
        url="https://courier.example/merrow-ferry",
        publisher="The Selvane Courier",
        author="T. Aune",
        published_on=date(2026, 11, 10),
        language="en",
    )
    _clean_units(ann, article)
    open_article(ann, article_id=article.pk)
    import_and_propose(ann, slug=SLUG, text=_text("library"), title="Library of Port Selvane to open on Sundays")


def people() -> list[User]:
    """The sample's people who sign in by link, the manager first."""
    project = Project.objects.filter(slug=SLUG).first()
    users = [member.user for member in members(project)] if project else []
    known = [user for user in users if user.username in (MANAGER, *REVIEWERS) and not user.has_usable_password()]
    return sorted(known, key=lambda user: (user.username != MANAGER, user.username))


def _clean_units(actor: User, article: Article) -> None:
    """What a manager does before opening: part the compound, dismiss the byline, say what does not stand alone."""
    compound = _unit(article, COMPOUND)
    split_claim(actor, claim_id=compound.pk, at=article.text.index(CUT), version=compound.version)
    dismiss_claim(actor, claim_id=_unit(article, BYLINE).pk)
    for begin, proposition in PROPOSITIONS.items():
        unit = _unit(article, begin)
        write_proposition(actor, claim_id=unit.pk, proposition=proposition, version=unit.version)


def _unit(article: Article, begin: str) -> Claim:
    return Claim.objects.get(article=article, exact__startswith=begin)


def _text(name: str) -> str:
    return (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
