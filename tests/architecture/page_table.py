"""Every page and every form that is sent from one: what it is about, who may, in which states. See `rules`."""

from collections.abc import Mapping
from typing import Any

from annotations.claims.models import LabelValue
from annotations.projects.access import Action
from tests.architecture.api_table import (
    CHECKED,
    COMMENT,
    EVIDENCE,
    NOT_ENOUGH,
    PARTS,
    PLANNED,
    edits,
    middle,
    moves,
    new_unit,
    open_article,
    part_of,
    two_units,
)
from tests.architecture.rules import CHECKABLE, SETTLED, Rules, everyone, on
from tests.factories.world import World

CODEBOOK = {"version": "9.9", "language": "en", "text": "Label what is said.", "rules": "X: a rule"}
GOLD = {"text": "The mill burned. It was old.", "exact": "It was old.", "label": "opinion", "why": "A judgement."}
NEWCOMER = {"username": "newcomer", "password": "a long way home"}


def versioned(world: World, state: str) -> dict[str, int]:
    """The present version of a claim, as forms carry it."""
    return {"version": world.things["claim"][state].version}


def span(world: World, state: str) -> dict[str, int]:
    """A claim's span, without its last character."""
    claim = world.things["claim"][state]
    return {"start": claim.start, "end": claim.end - 1, **versioned(world, state)}


def sentence(world: World, state: str) -> dict[str, Any]:
    """Another proposition for a claim."""
    return {"proposition": "The bridge fell.", **versioned(world, state)}


def provenance(world: World, state: str) -> dict[str, Any]:
    """Another title for an article."""
    return {"title": "Another title", "language": "en", "version": world.things["article"][state].version}


def evidence(world: World, state: str) -> dict[str, str]:
    """A source for what is asked of a claim by its label."""
    attributed = world.things["claim"][state].label == LabelValue.ATTRIBUTED
    part = part_of(world, state).get("part")
    return {**EVIDENCE, "aspect": part or ("attribution" if attributed else "content")}


def verdict(world: World, state: str) -> dict[str, str]:
    """A verdict on the content of a claim, or on a part of it."""
    return {**NOT_ENOUGH, "part_id": part_of(world, state).get("part", "")}


def parts(world: World, state: str) -> dict[str, Any]:
    """What a claim says, taken apart."""
    return {"parts": "\n".join(PARTS), **versioned(world, state)}


def decision(world: World, state: str) -> dict[str, str]:
    """What settles a disputed claim, or what reviewers left unsettled."""
    missing = {"content_kind": "evaluation"} if state == "unsettled" else {"label": "opinion"}
    return {**missing, "reason": "Nobody could look it up."}


SHOWN = {"published": 200, "building": 404}
LINK = {"good": 302, "unknown": 404}
PAGES: Mapping[str, Mapping[str, Rules]] = {
    "": {"GET": on("nothing")},
    "livez": {"GET": everyone(200)},
    "readyz": {"GET": everyone(200)},
    "problems/<slug:code>": {"GET": everyone(302, about="code")},
    "language/": {"POST": everyone(302, body={"language": "ar"})},
    # Accounts
    "sign-in/": {
        "GET": everyone(302, signed_out=200),
        "POST": everyone(302, signed_out=200, body={"username": "ann", "password": "wrong"}),
    },
    "sign-in/<str:secret>/": {
        "GET": everyone({"good": 200, "unknown": 410}, about="link"),
        "POST": everyone({"good": 302, "unknown": 410}, about="link"),
    },
    "sign-out/": {"POST": everyone(302)},
    "account/": {"GET": on("nothing")},
    "account/password/": {"POST": on("nothing", ok=302, body={"password": "a long way home"})},
    "account/presence/": {"POST": on("nothing", ok=302, body={"shown": "1"})},
    "account/erase/": {"GET": on("nothing"), "POST": on("nothing", ok=400, body={"confirmed": "somebody else"})},
    "account/tokens/": {"POST": on("nothing", ok=201, body={"name": "script"})},
    "account/tokens/<uuid:id>/revoke/": {"POST": on("my token", ok=302, but={"another's": 404})},
    # Notifications
    "notifications/": {"GET": on("nothing")},
    "notifications/read/": {"POST": on("nothing", ok=302)},
    "notifications/kinds/": {"POST": on("nothing", ok=302, body={"wanted": ["mentioned"]})},
    "notifications/<uuid:id>/open/": {"POST": on("my notification", ok=302, but={"another's": 404})},
    # Projects
    "invitations/<str:secret>/": {
        "GET": everyone(LINK, signed_out={**LINK, "good": 200}, stranger={**LINK, "good": 200}, about="link"),
        "POST": everyone(LINK, about="link", body=NEWCOMER),
    },
    "projects/new/": {
        "GET": on("nothing"),
        "POST": on("nothing", ok=302, body={"name": "Another", "labels_per_claim": 2}),
    },
    "projects/<slug:slug>/": {"GET": on("project")},
    "projects/<slug:slug>/figures/": {"GET": on("project")},
    "projects/<slug:slug>/log/": {"GET": on("project")},
    "projects/<slug:slug>/settings/": {
        "GET": on("project", Action.EDIT_PROJECT),
        "POST": on("project", Action.EDIT_PROJECT, 302, body={"name": "Another name"}),
    },
    "projects/<slug:slug>/members/": {"GET": on("project")},
    "projects/<slug:slug>/members/add/": {
        "POST": on("project", Action.MANAGE_MEMBERS, 302, body={"username": "stranger", "role": "viewer"})
    },
    "projects/<slug:slug>/members/invite/": {
        "POST": on("project", Action.MANAGE_MEMBERS, 201, body={"role": "viewer"})
    },
    "projects/<slug:slug>/members/<str:username>/role/": {
        "POST": on("member", Action.MANAGE_MEMBERS, 302, but={"nobody": 404}, body={"role": "viewer"})
    },
    "projects/<slug:slug>/members/<str:username>/remove/": {
        "GET": on("member", Action.MANAGE_MEMBERS, but={"nobody": 404}),
        "POST": on("member", Action.MANAGE_MEMBERS, 302, but={"nobody": 404}),
    },
    "projects/<slug:slug>/invitations/<uuid:id>/revoke/": {
        "POST": on("invitation", Action.MANAGE_MEMBERS, 302, but={"revoked": 404})
    },
    "jobs/<uuid:id>/": {"GET": on("job")},
    "jobs/<uuid:id>/cancel/": {"POST": on("job", ok=302, when="queued")},
    # Codebooks
    "projects/<slug:slug>/codebook/": {"GET": on("project")},
    "projects/<slug:slug>/codebook/new/": {
        "GET": on("project", Action.EDIT_CODEBOOK),
        "POST": [
            on("project", Action.EDIT_CODEBOOK, 302, body=CODEBOOK),
            on("project", Action.EDIT_CODEBOOK, body={**CODEBOOK, "again": ["opinion"], "preview": "1"}),
        ],
    },
    # Articles and units
    "projects/<slug:slug>/articles/": {"GET": on("project")},
    "projects/<slug:slug>/articles/new/": {
        "GET": on("project", Action.EDIT_ARTICLES),
        "POST": on("project", Action.EDIT_ARTICLES, 302, body={"text": "Something else happened."}),
    },
    "projects/<slug:slug>/imports/": {
        "POST": on("project", Action.EDIT_ARTICLES, 302, body={"address": "https://example.org/a"})
    },
    "projects/<slug:slug>/imports/file/": {
        "GET": on("project", Action.EDIT_ARTICLES),
        "POST": on("project", Action.EDIT_ARTICLES, 400),
    },
    "imports/<uuid:id>/file/": {
        "GET": on("outside file"),
        "POST": on("outside file", ok=302, when=["looked at"]),
    },
    "articles/<uuid:id>/fetch/": {"POST": on("article", Action.EDIT_ARTICLES, 409)},
    "articles/<uuid:id>/carried/": {"GET": on("article", Action.EDIT_ARTICLES)},
    "imports/<uuid:id>/": {
        "GET": on("import"),
        "POST": on("import", ok=302, body={"text": "Something else happened."}),
    },
    "articles/<uuid:id>/": {"GET": on("article")},
    "articles/<uuid:id>/provenance/": {
        "GET": on("article", Action.EDIT_ARTICLES),
        "POST": on("article", Action.EDIT_ARTICLES, 302, body=provenance),
    },
    "articles/<uuid:id>/discard/": {
        "GET": on("article", Action.EDIT_ARTICLES, when="draft"),
        "POST": on("article", Action.EDIT_ARTICLES, 302, when="draft"),
    },
    "articles/<uuid:id>/claims/": {"POST": on("article", Action.EDIT_UNITS, 302, body=new_unit)},
    "articles/<uuid:id>/merge/": {"POST": on("article", Action.EDIT_UNITS, 302, when="draft", body=two_units)},
    "articles/<uuid:id>/open/": {"POST": on("article", Action.OPEN_AND_CLOSE, 302, when="draft")},
    "articles/<uuid:id>/close/": {"POST": on("article", Action.OPEN_AND_CLOSE, 302, when="open")},
    "articles/<uuid:id>/hand-in/": {
        "POST": [
            on("article", Action.HAND_IN, 302, when="open closed", body={"partial": "1"}),
            on("article", Action.HAND_IN, 302, when="closed"),
        ]
    },
    "claims/<uuid:id>/split/": {
        "POST": on("claim", Action.EDIT_UNITS, 302, when="draft", body=lambda w, s: middle(w, s) | versioned(w, s))
    },
    "claims/<uuid:id>/span/": {"POST": on("claim", Action.EDIT_UNITS, 302, when="draft", body=span)},
    "claims/<uuid:id>/proposition/": {"POST": on("claim", Action.EDIT_UNITS, 302, when="draft", body=sentence)},
    "claims/<uuid:id>/dismiss/": {"POST": on("claim", Action.EDIT_UNITS, 302, when="draft")},
    # Labels
    # Training
    "projects/<slug:slug>/training/": {"GET": on("project", Action.LABEL), "POST": on("project", Action.LABEL, 400)},
    "projects/<slug:slug>/training/begin/": {"POST": on("project", Action.LABEL, 409)},
    "projects/<slug:slug>/training/gold/": {
        "GET": on("project", Action.EDIT_PROJECT),
        "POST": on("project", Action.EDIT_PROJECT, 302, body=GOLD),
    },
    "projects/<slug:slug>/training/gold/<uuid:id>/": {
        "GET": on("gold", Action.EDIT_PROJECT, but={"removed": 404}),
        "POST": on("gold", Action.EDIT_PROJECT, 302, but={"removed": 404}, body=GOLD),
    },
    "projects/<slug:slug>/training/gold/<uuid:id>/move/": {
        "POST": on("gold", Action.EDIT_PROJECT, 302, but={"removed": 404}, body={"to": "up"})
    },
    "projects/<slug:slug>/training/gold/<uuid:id>/remove/": {
        "POST": on("gold", Action.EDIT_PROJECT, 302, but={"removed": 404})
    },
    "projects/<slug:slug>/training/gold/examples/": {"POST": on("project", Action.EDIT_PROJECT, 302)},
    "projects/<slug:slug>/queue/": {"GET": on("project")},
    "projects/<slug:slug>/queue/next/": {"POST": on("project", Action.LABEL, 409)},
    "projects/<slug:slug>/assignments/": {
        "GET": on("project", Action.ASSIGN),
        "POST": on("project", Action.ASSIGN, 302, body=lambda world, _: {**open_article(world), "reviewers": ["ben"]}),
    },
    "projects/<slug:slug>/assignments/balance/": {
        "POST": on("project", Action.ASSIGN, body={"unit": "articles", "reviewers": ["ben", "dora"], "seed": 7})
    },
    "assignments/<uuid:id>/": {"GET": on("assignment")},
    "assignments/<uuid:id>/move/": {"POST": on("assignment", Action.ASSIGN, 302, body={"reviewer": "dora"})},
    "assignments/<uuid:id>/give-back/": {"POST": on("assignment", ok=302)},
    "claims/<uuid:id>/label/": {"POST": on("claim", Action.LABEL, 302, when="labelling", body={"label": "opinion"})},
    "projects/<slug:slug>/agreement/": {"GET": on("project")},
    "projects/<slug:slug>/disputes/": {"GET": on("project")},
    "projects/<slug:slug>/second-looks/": {"GET": on("project")},
    "claims/<uuid:id>/second-look/": {"POST": on("claim", Action.DECIDE, 302, when="agreed")},
    "claims/<uuid:id>/decide/": {
        "GET": on("claim", Action.DECIDE, when="disputed unsettled", otherwise=302),
        "POST": on("claim", Action.DECIDE, 302, when="disputed unsettled", body=decision),
    },
    # Checking
    "projects/<slug:slug>/checking/": {"GET": on("project")},
    "projects/<slug:slug>/search/": {"GET": on("project")},
    "projects/<slug:slug>/sources/": {
        "GET": on("project"),
        "POST": on("project", Action.ADD_SOURCE, 302, body={"url": "https://example.org/new"}),
    },
    "claims/<uuid:id>/": {"GET": on("claim")},
    "projects/<slug:slug>/sources/failures/": {"GET": on("project")},
    "projects/<slug:slug>/stale/": {"GET": on("project")},
    "projects/<slug:slug>/corrections/": {"GET": on("project")},
    "stale/<uuid:id>/": {"GET": on("stale mark")},
    "sources/<uuid:id>/": {"GET": on("source")},
    "sources/<uuid:id>/fetch/": {"POST": on("source", Action.ADD_SOURCE, 409)},
    "sources/<uuid:id>/upload/": {"POST": on("source", Action.ADD_SOURCE, 400)},
    "snapshots/<uuid:id>/": {"GET": on("snapshot")},
    "snapshots/<uuid:id>/<str:form>": {"GET": on("snapshot", when="kept")},
    "snapshots/<uuid:id>/attest/": {"POST": on("snapshot", Action.ADD_SOURCE, 409)},
    "claims/<uuid:id>/likeness/": {"POST": on("claim", Action.PROPOSE_VERDICT, 404, body={"other": "x", "same": "1"})},
    "claims/<uuid:id>/read/": {"POST": on("claim", Action.ADD_SOURCE, 302, body={"url": "https://example.org/read"})},
    "claims/<uuid:id>/read/<uuid:source_id>/": {
        "GET": on("claim"),
        "POST": on("claim", Action.ADD_SOURCE, 400, body={"stance": "supports"}),
    },
    "claims/<uuid:id>/evidence/": {"POST": on("claim", Action.ADD_SOURCE, 302, when=CHECKED, body=evidence)},
    "claims/<uuid:id>/parts/": {
        "POST": on("claim", Action.PROPOSE_VERDICT, 302, when="agreed researching", body=parts)
    },
    "claims/<uuid:id>/plan/": {
        "POST": on("claim", Action.PLAN_CHECKING, 302, when=PLANNED, body={"priority": "high", "version": 0})
    },
    "claims/<uuid:id>/take/": {
        "POST": on("claim", Action.TAKE_CLAIM, 302, when=PLANNED, body={"take": "1", "version": 0})
    },
    "claims/<uuid:id>/comments/": {"POST": on("claim", Action.COMMENT, 302, when=SETTLED, body=COMMENT)},
    "comments/<uuid:id>/edit/": {"POST": on("comment", Action.COMMENT, 403, body={**COMMENT, "version": 1})},
    "comments/<uuid:id>/remove/": {"POST": on("comment", Action.REMOVE_COMMENT, 302, when="standing")},
    "evidence/<uuid:id>/remove/": {"POST": on("evidence", Action.ADD_SOURCE, 403)},
    "claims/<uuid:id>/verdict/": {
        "POST": on("claim", Action.PROPOSE_VERDICT, 302, when="agreed researching compound", body=verdict)
    },
    "claims/<uuid:id>/move/": {"POST": moves(302, "challenge", "void")},
    "claims/<uuid:id>/sharpen/": {"POST": on("claim", edits, 302, when=("draft", *CHECKABLE), body=sentence)},
    "verdicts/<uuid:id>/take-back/": {"POST": on("verdict", Action.PROPOSE_VERDICT, 403)},
    "verdicts/<uuid:id>/approve/": {"POST": on("verdict", Action.REVIEW_VERDICT, 302, when="proposed")},
    "verdicts/<uuid:id>/request-changes/": {
        "POST": on("verdict", Action.REVIEW_VERDICT, 302, when="proposed", body={"reason": "Which register?"})
    },
    # Releases
    "projects/<slug:slug>/releases/": {"GET": on("project")},
    "projects/<slug:slug>/releases/new/": {
        "GET": on("project", Action.RELEASE),
        "POST": on("project", Action.RELEASE, 302, body={"title": "The next", "license": "CC0-1.0"}),
    },
    "releases/<uuid:id>/": {"GET": on("release")},
    "releases/<uuid:id>/withdraw/": {"POST": on("release", Action.RELEASE, 302, body={"reason": "A forged register."})},
    "releases/<uuid:id>/files/<str:name>": {"GET": on("file", but={"none.txt": 404})},
    "public/releases/<uuid:id>/": {"GET": everyone(SHOWN, about="release")},
    "public/releases/<uuid:id>/claims/<uuid:claim_id>/": {"GET": everyone(SHOWN, about="release")},
    "public/releases/<uuid:id>/files/<str:name>": {
        "GET": everyone({"claims.jsonl": 200, "none.txt": 404}, about="file"),
    },
}
