"""Every endpoint and method of the API: what it is about, who may, in which states. `rules` explains the words."""

from collections.abc import Mapping
from typing import Any

from annotations.projects.access import Action
from annotations.verification.transitions import MOVES
from tests.architecture.rules import CHECKABLE, SETTLED, Rule, Rules, everyone, on
from tests.factories.world import World

NEW_CODEBOOK = {"version": "9.9", "language": "en", "text": "Label what is said.", "rules": [{"id": "X", "text": "x"}]}
EVIDENCE = {"url": "https://example.org/a", "aspect": "content", "stance": "supports", "tier": "primary"}
NOT_ENOUGH = {
    "aspect": "content",
    "verdict": "not_enough_evidence",
    "explanation": "Nothing was found.",
    "as_of": "2026-01-01",
    "search_note": "Looked in the register.",
}
PARTS = ["The bridge fell.", "It fell on a Tuesday."]
COMMENT = {"text": "Look at the register, @ben."}
UNCHECKED = ("draft", "closed", "withdrawn", "void", "void while open")
CHECKED = [state for state in ("labelling", *SETTLED) if state not in UNCHECKED]
PLANNED = [state for state in SETTLED if state not in UNCHECKED]
# From where each move starts, by the name of the state in the world.
STARTS = {"compound": "researching", "unsettled": "agreed", "void while open": "void"}
# Labelling has closed, so it could be said of them whether they are like another; there is no such other.
UNSPOKEN = [*SETTLED]
NO_GOLD = "01900000-0000-7000-8000-000000000000"


def part_of(world: World, state: str) -> dict[str, str]:
    """The second part of a compound claim, which is what one says something of there."""
    part = world.things["claim"][state].parts.filter(position=2).first()
    return {"part": str(part.pk)} if part else {}


def evidence(world: World, state: str) -> dict[str, str]:
    """A source for the content of a claim, or for a part of it."""
    return {**EVIDENCE, **part_of(world, state)}


def verdict(world: World, state: str) -> dict[str, str]:
    """A verdict on the content of a claim, or on a part of it."""
    return {**NOT_ENOUGH, **part_of(world, state)}


def version(world: World, state: str) -> dict[str, str]:
    """The header that names the present version of a claim."""
    return {"if_match": f'"{world.things["claim"][state].version}"'}


def unplanned(world: World, state: str) -> dict[str, str]:
    """The header that names the version of a plan that was never made."""
    return {"if_match": '"0"'}


def middle(world: World, state: str) -> dict[str, int]:
    """A place between two words of a claim."""
    claim = world.things["claim"][state]
    return {"at": claim.start + claim.exact.index(" ") + 1}


def two_units(world: World, state: str) -> dict[str, list[str]]:
    """The first two claims of an article."""
    return {"claims": [str(claim.pk) for claim in world.things["article"][state].claims.order_by("start")[:2]]}


def put_back(world: World, state: str) -> dict[str, Any]:
    """The first claim of an article in its own place."""
    claim = world.things["article"][state].claims.order_by("start").first()
    old = {"id": str(claim.pk), "version": claim.version}
    return {"old": [old], "new": [{"start": claim.start, "end": claim.end, "proposition": "As it was."}]}


def new_unit(world: World, state: str) -> dict[str, int]:
    """A span of an article that is no claim yet."""
    return {"start": 0, "end": world.things["article"][state].text.index("\n")}


def decision(world: World, state: str) -> dict[str, Any]:
    """What settles a disputed claim, or what reviewers left unsettled."""
    if state == "unsettled":
        return {"label": "attributed_statement", "content_kind": "evaluation", "reason": "A quote of a judgement."}
    return {"label": "opinion", "reason": "Nobody could look it up."}


def open_article(world: World) -> dict[str, list[str]]:
    """The article that is open, as something to be assigned."""
    return {"articles": [str(world.things["article"]["open"].pk)]}


def edits(state: str) -> Action:
    """Before an article is opened its units are edited, later propositions are sharpened."""
    return Action.EDIT_UNITS if state == "draft" else Action.SHARPEN


def moves(ok: int, *names: str) -> list[Rule]:
    """A rule for each move (of these names), by the table of moves itself; an opinion is not reopened: for what?"""
    return [
        on(
            "claim",
            Action[move.permission],
            ok,
            when=[state for state in ("draft", "labelling", *SETTLED) if STARTS.get(state, state) in move.starts],
            but={"closed": 409} if move.name == "reopen" else {},
            body={"to": move.name, "reason": "It is time."},
        )
        for move in MOVES.values()
        if not names or move.name in names
    ]


API: Mapping[str, Mapping[str, Rules]] = {
    "notifications/": {"GET": on("nothing")},
    "notifications/read/": {"POST": on("nothing", body={})},
    "notifications/kinds/": {"GET": on("nothing"), "PUT": on("nothing", body={"unwanted": ["decided"]})},
    "notifications/<uuid:id>/read/": {"POST": on("my notification", but={"another's": 404})},
    "projects/": {"GET": on("nothing"), "POST": on("nothing", ok=201, body={"slug": "another", "name": "Another"})},
    "projects/<slug:slug>/": {
        "GET": on("project"),
        "PATCH": on("project", Action.EDIT_PROJECT, body={"name": "Another name"}),
    },
    "projects/<slug:slug>/members/": {
        "GET": on("project"),
        "POST": on("project", Action.MANAGE_MEMBERS, 201, body={"username": "stranger", "role": "viewer"}),
    },
    "projects/<slug:slug>/members/<str:username>/": {
        "PATCH": on("member", Action.MANAGE_MEMBERS, body={"role": "viewer"}, but={"nobody": 404}),
        "DELETE": on("member", Action.MANAGE_MEMBERS, 204, but={"nobody": 404}),
    },
    "projects/<slug:slug>/codebooks/": {
        "GET": on("project"),
        "POST": on("project", Action.EDIT_CODEBOOK, 201, body=NEW_CODEBOOK),
    },
    "projects/<slug:slug>/articles/": {
        "GET": on("project"),
        "POST": on("project", Action.EDIT_ARTICLES, 201, body={"text": "Something else happened."}),
    },
    "projects/<slug:slug>/imports/": {
        "POST": on("project", Action.EDIT_ARTICLES, 409, body={"url": "https://example.org/a"})
    },
    "projects/<slug:slug>/queue/": {"GET": on("project")},
    # Here everybody labels everything; `labelling/test_next.py` is where work is handed out.
    "projects/<slug:slug>/queue/next/": {"POST": on("project", Action.LABEL, 409)},
    # The world's project has no training; `training/test_training.py` is where one is on.
    "projects/<slug:slug>/training/": {
        "GET": on("project", Action.LABEL),
        "POST": on("project", Action.LABEL, 409),
    },
    "projects/<slug:slug>/training/answers/": {
        "POST": on("project", Action.LABEL, 409, body={"claim": NO_GOLD, "label": "opinion"})
    },
    "projects/<slug:slug>/assignments/": {
        "GET": on("project", Action.ASSIGN),
        "POST": on("project", Action.ASSIGN, 201, body=lambda world, _: {**open_article(world), "reviewers": ["ben"]}),
    },
    "projects/<slug:slug>/assignments/balance/": {
        "POST": [
            on("project", Action.ASSIGN, 201, body={"reviewers": ["ben", "dora"], "seed": 7}),
            on("project", Action.ASSIGN, 412, body={"reviewers": ["ben"], "seed": 7, "plan": "another"}),
        ]
    },
    "assignments/<uuid:id>/": {
        "PATCH": on("assignment", Action.ASSIGN, body={"reviewer": "dora"}),
        "DELETE": on("assignment", ok=204),
    },
    "projects/<slug:slug>/agreement/": {"GET": on("project")},
    "projects/<slug:slug>/events/": {"GET": on("project")},
    "projects/<slug:slug>/second-looks/": {"GET": on("project")},
    "projects/<slug:slug>/search/": {"GET": on("project", ok=400)},
    "projects/<slug:slug>/sources/": {
        "GET": on("project"),
        "POST": on("project", Action.ADD_SOURCE, 201, body={"url": "https://example.org/new"}),
    },
    "projects/<slug:slug>/sources/failures/": {"GET": on("project")},
    "sources/<uuid:id>/snapshots/": {"GET": on("source"), "POST": on("source", Action.ADD_SOURCE, 409, body={})},
    "snapshots/<uuid:id>/": {"GET": on("snapshot")},
    "snapshots/<uuid:id>/attestations/": {"POST": on("snapshot", Action.ADD_SOURCE, 409, body={})},
    "snapshots/<uuid:id>/<str:form>": {"GET": on("snapshot", when="kept")},
    "projects/<slug:slug>/releases/": {
        "GET": on("project"),
        "POST": on("project", Action.RELEASE, 202, body={"title": "The next", "license": "CC0-1.0"}),
    },
    "releases/<uuid:id>/": {"GET": on("release")},
    "releases/<uuid:id>/withdraw/": {"POST": on("release", Action.RELEASE, body={"reason": "A forged register."})},
    "releases/<uuid:id>/files/<str:name>": {"GET": on("file", but={"none.txt": 404})},
    "jobs/<uuid:id>/": {"GET": on("job"), "DELETE": on("job", when="queued")},
    "articles/<uuid:id>/": {
        "GET": on("article"),
        "PATCH": on("article", Action.EDIT_ARTICLES, body={"title": "Another title"}),
        "DELETE": on("article", Action.EDIT_ARTICLES, 204, when="draft"),
    },
    "articles/<uuid:id>/presence/": {"GET": on("article"), "PUT": on("article"), "DELETE": on("article", ok=204)},
    "articles/<uuid:id>/claims/": {
        "GET": on("article"),
        "POST": on("article", Action.EDIT_UNITS, 201, body=new_unit),
    },
    "articles/<uuid:id>/merge/": {"POST": on("article", Action.EDIT_UNITS, 201, when="draft", body=two_units)},
    "articles/<uuid:id>/replace/": {"POST": on("article", Action.EDIT_UNITS, 201, when="draft", body=put_back)},
    "articles/<uuid:id>/open/": {"POST": on("article", Action.OPEN_AND_CLOSE, when="draft")},
    "articles/<uuid:id>/close/": {"POST": on("article", Action.OPEN_AND_CLOSE, when="open")},
    "articles/<uuid:id>/hand-in/": {
        "POST": [
            on("article", Action.HAND_IN, when="open closed", body={"partial": True}),
            on("article", Action.HAND_IN, when="closed"),
        ]
    },
    "claims/<uuid:id>/": {
        "GET": on("claim"),
        "PATCH": [
            on(
                "claim",
                edits,
                when=("draft", *CHECKABLE),
                body={"proposition": "The bridge fell."},
                headers=version,
            ),
            on("claim", edits, 428, body={"proposition": "The bridge fell."}),
            on(
                "claim",
                edits,
                412,
                body={"proposition": "x"},
                headers=lambda world, state: {"if_match": '"999"'},
                when=("draft", *CHECKABLE),
                otherwise=412,
            ),
        ],
        "DELETE": on("claim", Action.EDIT_UNITS, 204, when="draft"),
    },
    "claims/<uuid:id>/split/": {
        "POST": on("claim", Action.EDIT_UNITS, 201, when="draft", body=middle, headers=version)
    },
    "claims/<uuid:id>/label/": {
        "GET": on("claim", ok=404),
        "PUT": on("claim", Action.LABEL, when="labelling", body={"label": "opinion"}),
    },
    "claims/<uuid:id>/labels/": {"GET": on("claim")},
    "claims/<uuid:id>/outside-labels/": {"GET": on("claim")},
    "claims/<uuid:id>/decision/": {"POST": on("claim", Action.DECIDE, 201, when="disputed unsettled", body=decision)},
    "claims/<uuid:id>/second-look/": {"POST": on("claim", Action.DECIDE, 201, when="agreed", body={})},
    "claims/<uuid:id>/transitions/": {"POST": moves(200)},
    "claims/<uuid:id>/evidence/": {
        "GET": on("claim"),
        "POST": on("claim", Action.ADD_SOURCE, 201, when=CHECKED, body=evidence),
    },
    "claims/<uuid:id>/verdicts/": {
        "GET": on("claim"),
        "POST": on("claim", Action.PROPOSE_VERDICT, 201, when="agreed researching compound", body=verdict),
    },
    "claims/<uuid:id>/likenesses/": {
        "GET": on("claim"),
        "POST": on("claim", Action.PROPOSE_VERDICT, 404, when=UNSPOKEN, body={"other": NO_GOLD, "same": True}),
    },
    "claims/<uuid:id>/parts/": {
        "GET": on("claim"),
        "PUT": on("claim", Action.PROPOSE_VERDICT, when="agreed researching", body={"parts": PARTS}),
    },
    "claims/<uuid:id>/plan/": {
        "GET": on("claim", when=PLANNED),
        "PATCH": [
            on("claim", Action.TAKE_CLAIM, when=PLANNED, body={}, headers=unplanned),
            on("claim", Action.PLAN_CHECKING, when=PLANNED, body={"priority": "high"}, headers=unplanned),
            on("claim", Action.TAKE_CLAIM, 428, body={"assignee": "reviewer"}),
        ],
    },
    "claims/<uuid:id>/comments/": {
        "GET": on("claim", when=SETTLED),
        "POST": on("claim", Action.COMMENT, 201, when=SETTLED, body=COMMENT),
    },
    "comments/<uuid:id>/": {
        "GET": on("comment"),
        "PATCH": on("comment", Action.COMMENT, 403, body=COMMENT),
        "DELETE": on("comment", Action.REMOVE_COMMENT, 204, when="standing"),
    },
    "verdicts/<uuid:id>/approve/": {"POST": on("verdict", Action.REVIEW_VERDICT, when="proposed")},
    "verdicts/<uuid:id>/take-back/": {"POST": on("verdict", Action.PROPOSE_VERDICT, 403)},
    "verdicts/<uuid:id>/request-changes/": {
        "POST": on("verdict", Action.REVIEW_VERDICT, when="proposed", body={"reason": "Which register?"})
    },
    "schema/": {"GET": everyone(200)},
    "docs/": {"GET": everyone(200)},
}
