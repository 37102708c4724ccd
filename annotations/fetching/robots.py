"""What the owner of a host asks of robots (RFC 9309); asked once an hour in each process."""

import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from protego import Protego

from annotations.fetching.asking import Hop, ask
from annotations.fetching.urls import Refused, Target, parse, redirected
from annotations.fetching.watch import Failed, Watch
from annotations.fetching.wire import Resolver
from annotations.messages import gettext as _

KEPT = 3600.0  # seconds
MOST_KEPT = 1000  # hosts
READ = 500_000  # bytes (RFC 9309, 2.5)
REDIRECTS = 5
UNSURE = 60.0  # seconds in which a host that could not say is not asked again
EVERYBODY = Protego.parse("")

# When the rules are asked for again, and the rules; none where the host could not say.
_known: dict[tuple[str, str], tuple[float, Protego | None]] = {}
_lock = threading.Lock()


def require(target: Target, watch: Watch, look_up: Resolver) -> None:
    """Refused (`robots`) where the host asks robots to leave this address alone; Failed (`robots`) where it cannot say
    now what it asks (RFC 9309, 2.3.1.4): it is tried again later.
    """
    rules = _rules(target, watch, look_up)
    if rules is None:
        raise Failed("robots", _("%(host)s cannot say now what it asks of robots.", host=target.host))
    if not rules.can_fetch(target.url, _token(watch)):
        raise Refused("robots", _("%(host)s asks robots not to fetch this address.", host=target.host))


def for_us(text: str, token: str) -> str:
    """The rules that a file has for the robot of this name (in any case of letters), else those for all, as one group.

    A name counts as a whole (RFC 9309, 2.2.1); of the lines only rules are kept.
    """
    ours: list[str] = []
    everybodys: list[str] = []
    names: set[str] = set()
    telling = False
    for line in text.removeprefix("\ufeff").splitlines():
        key, _colon, value = line.partition("#")[0].partition(":")
        match key.strip().lower():
            case "user-agent":
                names = {value.strip().lower()} | (set() if telling else names)
                telling = False
                ours += [""] if token.lower() in names else []
            case "allow" | "disallow":
                telling = True
                ours += [line] if token.lower() in names else []
                everybodys += [line] if "*" in names else []
    return "\n".join(["User-agent: *", *(ours or everybodys)])


def _token(watch: Watch) -> str:
    """The name of this robot: the first word of what hosts are told, without its version."""
    return watch.policy.user_agent.split("/")[0].split()[0]


def _rules(target: Target, watch: Watch, look_up: Resolver) -> Protego | None:
    key = (target.origin, watch.policy.user_agent)
    with _lock:
        until, rules = _known.get(key, (0.0, None))
        if time.monotonic() < until:
            return rules
    rules = _asked(target, watch, look_up)
    with _lock:
        if len(_known) >= MOST_KEPT:
            _known.clear()
        _known[key] = (time.monotonic() + (UNSURE if rules is None else KEPT), rules)
    return rules


def _asked(target: Target, watch: Watch, look_up: Resolver) -> Protego | None:
    """The host's rules for this robot: everybody may where it has none, None where it cannot say (RFC 9309, 2.3.1)."""
    asked = parse(f"{target.origin}/robots.txt", watch.policy.ports)
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(REDIRECTS + 1):
            hop = Hop(asked.url, Path(folder) / f"{turn}.response", Path(folder) / f"{turn}.body", datetime.now(UTC))
            ask(asked, hop, watch, look_up)
            if not (300 <= hop.status < 400 and hop.header("location")):
                break
            asked = parse(redirected(asked, hop.header("location")), watch.policy.ports)
        if 200 <= hop.status < 300:
            with hop.body.open("rb") as body:
                return Protego.parse(for_us(body.read(READ).decode("utf-8", "replace"), _token(watch)))
    return None if hop.status >= 500 else EVERYBODY
