"""What the owner of a host asks of robots (RFC 9309); asked once an hour in each process."""

import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from protego import Protego

from annotations.fetching.asking import Hop, ask
from annotations.fetching.urls import Refused, Target, parse, redirected
from annotations.fetching.watch import Watch
from annotations.fetching.wire import Resolver
from annotations.messages import gettext as _

KEPT = 3600.0  # seconds
MOST_KEPT = 1000  # hosts
READ = 500_000  # bytes (RFC 9309, 2.5)
REDIRECTS = 5
NOBODY = Protego.parse("User-agent: *\nDisallow: /")
EVERYBODY = Protego.parse("")

_known: dict[tuple[str, str], tuple[float, Protego]] = {}
_lock = threading.Lock()


def require(target: Target, watch: Watch, look_up: Resolver) -> None:
    """Refused (`robots`) where the host asks robots to leave this address alone, or its rules are out of order."""
    rules = _rules(target, watch, look_up)
    if not rules.can_fetch(target.url, watch.policy.user_agent):
        raise Refused("robots", _("%(host)s asks robots not to fetch this address.", host=target.host))


def _rules(target: Target, watch: Watch, look_up: Resolver) -> Protego:
    key = (target.origin, watch.policy.user_agent)
    with _lock:
        since, rules = _known.get(key, (0.0, EVERYBODY))
        if since and time.monotonic() - since < KEPT:
            return rules
    rules = _asked(target, watch, look_up)
    with _lock:
        if len(_known) >= MOST_KEPT:
            _known.clear()
        _known[key] = (time.monotonic(), rules)
    return rules


def _asked(target: Target, watch: Watch, look_up: Resolver) -> Protego:
    """The host's rules: none where it has none, nobody may where it cannot say (RFC 9309, 2.3.1)."""
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
                return Protego.parse(body.read(READ).decode("utf-8", "replace"))
    return NOBODY if hop.status >= 500 else EVERYBODY
