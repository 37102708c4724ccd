"""One project with something in every state there is, and people who did nothing in it but belong to it.

The people of the desk (`claims.desk`) did all the work; `viewer`, `reviewer`, `adjudicator` and `manager` only look on,
so that what they may do follows from their roles alone. `stranger` manages another project with the same kind of work.
"""

from dataclasses import dataclass, field
from typing import Any

from annotations import storage
from annotations.accounts.models import ApiToken
from annotations.accounts.services import create_token, sign_in_secret
from annotations.articles.models import Article
from annotations.claims.models import Claim, Status
from annotations.claims.opening import open_article
from annotations.claims.services import import_and_propose
from annotations.codebooks import default
from annotations.codebooks.services import start_project, write_codebook
from annotations.discussion.services import edit_comment, remove_comment, write_comment
from annotations.jobs.models import Job
from annotations.jobs.services import cancel, take
from annotations.labelling.assigning import assign
from annotations.labelling.models import Assignment
from annotations.labelling.services import close_article
from annotations.labelling.taking import take_next
from annotations.notifications.models import Notification
from annotations.notifications.queries import listed
from annotations.projects.models import Distribution, Invitation, Project, Role
from annotations.projects.services import add_member, edit_project, invite, revoke_invitation
from annotations.releases.formats import native
from annotations.releases.formats.addresses import page_path
from annotations.releases.models import Release
from annotations.releases.publishing import Built, BuiltFile, publish
from annotations.releases.services import request_release
from annotations.training.models import GoldClaim
from annotations.training.services import remove_gold, write_gold
from annotations.verification.moves import move_claim
from annotations.verification.services import request_changes
from annotations.verification.source_models import Source, StaleMark
from annotations.verification.sourcing import add_source
from tests.factories import claims as made
from tests.factories import sources
from tests.factories.parts import compound, judged, part_proposal
from tests.personas import Person
from tests.releases import shapes

ROLES = ("signed out", "stranger", *Role.values)
FILES = {
    "claims.csv": ("text/csv; charset=utf-8", b"id\r\n"),
    "labels.csv": ("text/csv; charset=utf-8", b"id\r\n"),
    "manifest.json": ("application/json", b'{"counts": {}, "agreement": {}}'),
}


@dataclass(frozen=True)
class World:
    """`things[about][state]` is the row that stands in that state, `people[role]` who looks on."""

    desk: made.Desk
    people: dict[str, Person]
    things: dict[str, dict[str, Any]]
    secrets: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.desk.project.slug


def world() -> World:
    """The whole of it."""
    desk = made.desk("desk")
    people = {role: Person.new(role) for role in ("stranger", *Role.values)}
    for role in Role.values:
        add_member(desk.ann, slug=desk.project.slug, username=role, role=role)
    for person in people.values():
        # Signed in, and with a token, from the beginning: what is made in a request that is taken back is gone.
        assert person.browser.cookies
        assert person.key
    _neighbour(people["stranger"])
    claims = _claims(desk)
    _new_codebook(desk)
    things = {
        "article": _articles(desk, claims),
        "claim": claims,
        "verdict": _verdicts(desk, claims),
        "evidence": _evidence(desk, claims),
        **_sources(desk, claims["labelling"]),
        "import": sources.imports(desk.ann, desk.project.pk),
        "outside file": sources.outside_files(desk.ann, desk.project.slug),
        "stale mark": _marks(desk, claims),
        "comment": _comments(desk, claims),
        **_releases(desk),
        "assignment": _assignments(desk, claims["labelling"]),
        "invitation": _invitations(desk),
        "gold": _gold(desk),
        "token": _tokens(people),
        "notification": _notifications(desk, people),
    }
    claims["published"] = made.fresh(claims["published"])
    return World(desk, {"signed out": Person(None), **people}, things, _secrets(desk))


def _neighbour(stranger: Person) -> None:
    """The stranger's own project: being a manager elsewhere gives no right here."""
    assert stranger.user is not None
    start_project(stranger.user, slug="neighbour", name="The neighbour")
    article = import_and_propose(stranger.user, slug="neighbour", text="The river rose. It rained.", language="en")
    open_article(stranger.user, article_id=article.pk)
    nia = Person.new("nia").user
    assert nia is not None
    add_member(stranger.user, slug="neighbour", username="nia", role="reviewer")
    other = import_and_propose(stranger.user, slug="neighbour", text="The river fell.", language="en")
    open_article(stranger.user, article_id=other.pk)
    close_article(stranger.user, article_id=other.pk)
    write_comment(nia, claim_id=other.claims.get().pk, text="Did it, @stranger?")


def _claims(desk: made.Desk) -> dict[str, Claim]:
    """A claim in every state, each in an article of its own; two people have labelled the one that is open."""
    labelling, second = made.opened(desk, made.FACT, made.QUOTE)
    made.label(desk, labelling, ben="verifiable_fact", cleo=made.said("opinion", rationale="Loaded words."))
    made.label(desk, second, ben=made.said("attributed_statement", content_kind="fact"))
    researching, proposed = made.fact(desk), made.fact(desk)
    for claim in (researching, proposed):
        made.evidence(desk, claim)
    made.proposal(desk, proposed)
    decided = made.decided(
        desk, made.closed(desk, ben=made.said("verifiable_fact", rule="F1"), cleo=made.said("opinion", rule="O1"))
    )
    draft = Claim.objects.filter(article=made.draft(desk)).order_by("start").first()
    assert draft is not None
    return {
        "draft": draft,
        "labelling": labelling,
        "agreed": decided,
        "disputed": made.disputed(desk),
        "unsettled": made.unsettled(desk),
        "closed": made.closed(desk, ben="opinion", cleo="opinion"),
        "researching": made.fresh(researching),
        "compound": _compound(desk),
        "proposed": made.fresh(proposed),
        "verified": made.verified(desk),
        "published": made.verified(desk),
        "challenged": _moved(desk, made.verified(desk), "challenge"),
        "stale": _outdated(desk),
        "corrected": _moved(desk, made.verified(desk), "challenge", "correct"),
        "withdrawn": _moved(desk, made.verified(desk), "withdraw"),
        "void": _moved(desk, made.fact(desk), "void"),
        "void while open": _moved(desk, made.opened(desk, made.FACT)[0], "void"),
    }


def _compound(desk: made.Desk) -> Claim:
    """A claim of two parts: one has its verdict, a verdict on the other was sent back."""
    claim, (first, second) = compound(desk)
    judged(desk, first)
    request_changes(desk.dora, verdict_id=part_proposal(desk, second).pk, reason="Which Tuesday?")
    return made.fresh(claim)


def _new_codebook(desk: made.Desk) -> None:
    """A second version, which asks to look again at the claim that was agreed by its changed rule."""
    rules = [rule | {"text": "As it was put later."} if rule["id"] == "F1" else rule for rule in default.RULES]
    write_codebook(desk.ann, slug=desk.project.slug, version="1.1.0", language="en", text="Look.", rules=rules)


def _moved(desk: made.Desk, claim: Claim, *moves: str) -> Claim:
    for to in moves:
        move_claim(desk.ann, claim_id=claim.pk, to=to, reason="It has to be seen again.")
    return made.fresh(claim)


def _articles(desk: made.Desk, claims: dict[str, Claim]) -> dict[str, Article]:
    [claim, *_] = made.opened(desk)
    return {
        "draft": claims["draft"].article,
        "open": claims["labelling"].article,
        "closed": close_article(desk.ann, article_id=claim.article_id),
    }


def _verdicts(desk: made.Desk, claims: dict[str, Claim]) -> dict[str, Any]:
    sent_back = made.fact(desk)
    made.evidence(desk, sent_back)
    verdict = made.proposal(desk, sent_back)
    request_changes(desk.dora, verdict_id=verdict.pk, reason="Which register?")
    return {
        "proposed": claims["proposed"].verdicts.get(),
        "approved": claims["verified"].verdicts.get(),
        "sent back": verdict,
    }


def _evidence(desk: made.Desk, claims: dict[str, Claim]) -> dict[str, Any]:
    return {
        "on an open claim": made.evidence(desk, claims["labelling"], note="Seen by its author alone."),
        "on a closed claim": claims["researching"].evidence.get(),
    }


def _sources(desk: made.Desk, claim: Claim) -> dict[str, dict[str, Any]]:
    """A source that all know of, one of evidence on an open claim, and snapshots of both."""
    listed = add_source(desk.ben, slug=desk.project.slug, url="https://example.org/report", title="The report")
    made.evidence(desk, claim, url="https://example.org/hidden")
    hidden = Source.objects.get(project=desk.project, url="https://example.org/hidden")
    failed = sources.missed(desk.ben, listed)
    known = {"kept": sources.kept(desk.ben, listed), "failed": failed, "waiting": sources.asked(desk.ben, listed)}
    covered = sources.kept(desk.ben, hidden, claim=claim)
    return {
        "source": {"listed": listed, "of an open claim": hidden},
        "snapshot": {**known, "of an open claim": covered},
    }


def _outdated(desk: made.Desk) -> Claim:
    """A claim whose source has changed since its verdict was approved."""
    claim = made.verified(desk)
    source = claim.evidence.get().source
    sources.kept(desk.ben, source)
    sources.kept(desk.ben, source, "The ministry counted 1,420 cases in March.")
    return made.fresh(claim)


def _marks(desk: made.Desk, claims: dict[str, Claim]) -> dict[str, StaleMark]:
    """What made a claim stale, and what had made one stale that was reopened since."""
    over = _moved(desk, _outdated(desk), "reopen")
    return {"standing": claims["stale"].stale_marks.get(), "cleared": over.stale_marks.get()}


def _comments(desk: made.Desk, claims: dict[str, Claim]) -> dict[str, Any]:
    """Two comments of ben's, one of which he edited, and the other removed."""
    said = "Is it in the register, @reviewer and @nobody?"
    standing = write_comment(desk.ben, claim_id=claims["disputed"].pk, text="Is it in the register?")
    removed = write_comment(desk.ben, claim_id=claims["disputed"].pk, text="I never said that.")
    return {
        "standing": edit_comment(desk.ben, comment_id=standing.pk, text=said),
        "removed": remove_comment(desk.ben, comment_id=removed.pk),
    }


def _releases(desk: made.Desk) -> dict[str, dict[str, Any]]:
    """A release that was published with the claim that is called so, one that is being built, and their jobs."""
    manager, asked = desk.ann, {"slug": desk.project.slug, "license": "CC0-1.0"}
    public, done = request_release(manager, title="The first", **asked)
    running = take(done.pk)
    assert running is not None
    with storage.scratch() as folder:
        published = Claim.objects.filter(project=desk.project, status=Status.VERIFIED).order_by("pk")[1]
        shown = {"url": f"https://desk.example{page_path(public.pk)}", "publisher": desk.project.name}
        lines = b"".join(map(native.line, _told(published, shown)))
        contents = {**FILES, "claims.jsonl": ("application/jsonl", lines)}
        files = [
            BuiltFile(name, kind, *storage.write(folder / name, [body])) for name, (kind, body) in contents.items()
        ]
        publish(running, public, Built("r" * 64, 1, shown, files, [(published.pk, published.version)], folder))
    Project.objects.filter(pk=desk.project.pk).update(public=True)
    building, queued = request_release(manager, title="The second", **asked)
    _, cancelled = request_release(manager, title="The third", **asked)
    jobs = {"queued": queued, "succeeded": done, "cancelled": cancel(manager, job_id=cancelled.pk)}
    releases = {"published": Release.objects.get(pk=public.pk), "building": building}
    return {"release": releases, "job": {state: Job.objects.get(pk=job.pk) for state, job in jobs.items()}}


def _told(claim: Claim, public: dict[str, str]) -> list[dict[str, Any]]:
    """The records of a release of this claim alone."""
    return [{**shapes.RELEASE, "public": public}, shapes.ARTICLE, shapes.claim(0, id=str(claim.pk))]


def _assignments(desk: made.Desk, claim: Claim) -> dict[str, Assignment]:
    """Two places in the article that is open: cleo took one while work was handed out, eve got one by hand."""
    slug = desk.project.slug
    edit_project(desk.ann, slug=slug, changes={"distribution": Distribution.ASSIGNED})
    take_next(desk.cleo, slug=slug)
    edit_project(desk.ann, slug=slug, changes={"distribution": Distribution.OPEN})
    [by_hand] = assign(desk.ann, slug=slug, articles=[claim.article_id], reviewers=["eve"])
    return {"by hand": by_hand, "taken": Assignment.objects.get(article=claim.article_id, reviewer=desk.cleo)}


def _gold(desk: made.Desk) -> dict[str, GoldClaim]:
    """A gold claim of the training, and one that was removed."""
    slug = desk.project.slug
    words = {"text": "The mill burned.", "exact": "The mill burned.", "label": "verifiable_fact", "why": "It was seen."}
    over = write_gold(desk.ann, slug=slug, **words)
    remove_gold(desk.ann, slug=slug, id=over.pk)
    return {"standing": write_gold(desk.ann, slug=slug, **words), "removed": over}


def _invitations(desk: made.Desk) -> dict[str, Invitation]:
    slug = desk.project.slug
    standing, over = (invite(desk.ann, slug=slug, role="reviewer")[0] for _ in range(2))
    revoke_invitation(desk.ann, slug=slug, invitation_id=over.pk)
    return {"standing": standing, "revoked": over}


def _tokens(people: dict[str, Person]) -> dict[str, ApiToken]:
    """A token of each of the people, and one that is nobody's of them."""
    tokens = {role: create_token(person.user, name="mine")[0] for role, person in people.items() if person.user}
    return {**tokens, "another's": create_token(Person.new("zoe").user)[0]}


def _notifications(desk: made.Desk, people: dict[str, Person]) -> dict[str, Notification]:
    """One of each of the members who look on, and one that is nobody's of them."""
    found = {role: listed(person.user).first() for role, person in people.items() if person.user}
    found["another's"] = listed(desk.ben).first()
    return {name: one for name, one in found.items() if one}


def _secrets(desk: made.Desk) -> dict[str, dict[str, str]]:
    """Secrets of links: an invitation, and a sign-in of somebody else."""
    _, secret = invite(desk.ann, slug=desk.project.slug, role="reviewer")
    yara = Person.new("yara")
    assert yara.user is not None
    link = sign_in_secret(yara.user)
    return {"invitation": {"good": secret, "unknown": "no-such-secret"}, "sign-in": {"good": link, "unknown": "x.y"}}
