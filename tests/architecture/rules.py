"""What an address answers to whom: the words the table of routes is written in.

A rule says what the address names (`about`), what one must be allowed to do there (`does`, by the Action × Role table),
in which states it works, and what it answers elsewhere. Who may see what is one small table here. All expected
statuses follow from these; no test holds a status for one role by hand.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotations.projects.access import Action, may
from annotations.projects.models import Role
from tests.factories.world import ROLES, World

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OPEN_WORK = ("draft", "labelling", "void while open")
CHECKABLE = ("agreed", "disputed", "unsettled", "closed", "researching", "compound", "proposed")
SETTLED = (*CHECKABLE, "verified", "published", "challenged", "stale", "corrected", "withdrawn", "void")

# What each thing is in, state by state, and what one must be allowed to do to know of it; None: nobody but its author.
SEEN: Mapping[str, Mapping[str, Action | None]] = {
    "project": {"": Action.SEE_PROJECT},
    "article": {
        "draft": Action.SEE_OPEN_WORK,
        "open": Action.SEE_PROJECT,
        "closed": Action.SEE_PROJECT,
    },
    "claim": {**dict.fromkeys(OPEN_WORK, Action.SEE_OPEN_WORK), **dict.fromkeys(SETTLED, Action.SEE_PROJECT)},
    "verdict": dict.fromkeys(("proposed", "approved", "sent back"), Action.SEE_PROJECT),
    "evidence": {"on an open claim": None, "on a closed claim": Action.SEE_PROJECT},
    "source": {"listed": Action.SEE_PROJECT, "of an open claim": None},
    "snapshot": {**dict.fromkeys(("kept", "failed", "waiting"), Action.SEE_PROJECT), "of an open claim": None},
    "import": {"waiting": Action.EDIT_ARTICLES, "read": Action.EDIT_ARTICLES},
    "outside file": dict.fromkeys(("brought in", "looked at"), Action.EDIT_ARTICLES),
    "stale mark": dict.fromkeys(("standing", "cleared"), Action.SEE_PROJECT),
    "comment": dict.fromkeys(("standing", "removed"), Action.SEE_PROJECT),
    "release": {"published": Action.SEE_PROJECT, "building": None},
    "job": dict.fromkeys(("queued", "succeeded", "cancelled"), Action.SEE_JOBS),
    "assignment": dict.fromkeys(("by hand", "taken"), Action.ASSIGN),
    "invitation": dict.fromkeys(("standing", "revoked"), Action.SEE_PROJECT),
    "gold": dict.fromkeys(("standing", "removed"), Action.SEE_PROJECT),
    "member": {"ben": Action.SEE_PROJECT, "nobody": Action.SEE_PROJECT},
    "file": {"claims.jsonl": Action.SEE_PROJECT, "none.txt": Action.SEE_PROJECT},
}
# What needs no project: one's own account, and links whose secret is the right.
OPEN_TO_ALL: Mapping[str, Collection[str]] = {
    "nothing": ("",),
    "link": ("good", "unknown"),
    "code": ("not-found",),
    "my token": ("mine", "another's"),
    "my notification": ("mine", "another's"),
}

Make = Callable[[World, str], Any]
Status = int | Mapping[str, int]


@dataclass(frozen=True)
class Rule:
    """One method of one route; the names of the fields are explained at `on`."""

    about: str
    does: Callable[[str], Action] | None
    ok: int
    when: Collection[str] | None
    otherwise: int
    but: Mapping[str, int]
    body: Make
    headers: Make
    public: Mapping[str, Status] = field(default_factory=dict)

    def states(self) -> Collection[str]:
        """Every state of what the rule is about."""
        return SEEN[self.about] if self.about in SEEN else OPEN_TO_ALL[self.about]

    def answer(self, role: str, state: str, *, page: bool) -> int:
        """The status that somebody of this role gets for a thing in this state."""
        if role in self.public:
            status = self.public[role]
            return status if isinstance(status, int) else status[state]
        if role == "signed out":
            return 302 if page else 401
        if self.about in SEEN and not _holds(role, SEEN[self.about][state]):
            return 404
        if self.does and not _holds(role, self.does(state)):
            return 403
        if state in self.but:
            return self.but[state]
        return self.ok if self.when is None or state in self.when else self.otherwise


Rules = Rule | list[Rule]


def _holds(role: str, action: Action | None) -> bool:
    return action is not None and role in Role.values and may(role, action)


def on(
    about: str,
    does: Action | Callable[[str], Action] | None = None,
    ok: int = 200,
    *,
    when: str | Collection[str] | None = None,
    otherwise: int = 409,
    but: Mapping[str, int] | None = None,
    body: Any = None,
    headers: Make = lambda world, state: {},
    public: Mapping[str, Status] | None = None,
) -> Rule:
    """A rule. It answers `ok` in the states of `when` (words apart; None: in all), `but[state]`, or `otherwise`.

    `does` may depend on the state. `body` is what is sent, or makes it of the world and the state. `public` holds what
    is answered to roles for whom nothing of this counts.
    """
    needed = (lambda _: does) if isinstance(does, Action) else does
    make = body if callable(body) else lambda world, state: body
    named = when.split() if isinstance(when, str) else when
    return Rule(about, needed, ok, named, otherwise, but or {}, make, headers, public or {})


def everyone(status: Status, *, about: str = "nothing", body: Any = None, **others: Status) -> Rule:
    """A rule of an address that asks for no right; `others` are the answers to some roles (`signed_out`, …)."""
    named = {role.replace("_", " "): answer for role, answer in others.items()}
    return on(about, body=body, public={**dict.fromkeys(ROLES, status), **named})


def address(world: World, route: str, about: str, state: str, role: str) -> str:
    """The path of a route for a thing in one state; what is "my" is one's own."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name == "slug":
            return world.slug
        if name == "id":
            return str(_thing(world, route, about, state, role).pk)
        if name == "source_id":
            return str(world.things["source"]["listed"].pk)
        if name == "claim_id":
            return str(world.things["claim"]["published"].pk)
        if name == "form":
            return "warc"
        if name == "secret":
            return world.secrets[route.partition("/")[0].rstrip("s")][state]
        return state

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", value, route)


def _thing(world: World, route: str, about: str, state: str, role: str) -> Any:
    if about.startswith("my "):
        things = world.things[about.removeprefix("my ")]
        return things[role if state == "mine" and role in things else "another's"]
    if about == "file":
        return world.things["release"]["published"]
    return world.things[about][state]
