"""Fetching one address: every hop is parsed, judged, asked for once and kept as it was received."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from annotations.fetching import robots
from annotations.fetching.asking import Hop, Sending, ask
from annotations.fetching.policy import Policy
from annotations.fetching.urls import parse, redirected
from annotations.fetching.watch import Failed, Watch
from annotations.fetching.wire import Resolver, resolve
from annotations.messages import gettext as _

REDIRECTS = (301, 302, 303, 307, 308)


def fetch(
    url: str,
    folder: Path,
    policy: Policy,
    *,
    trail: list[Hop],
    tick: Callable[[], None] = lambda: None,
    pace: Callable[[str], float] = lambda _host: 0.0,
    look_up: Resolver = resolve,
) -> Hop:
    """Fetch an address and follow where it leads; the last hop, whatever its status.

    Hops are added to `trail` as they begin, so that a fetch that broke off has left them there. Their files lie in
    `folder`. `tick` is called about once a second and may raise; `pace` says how many seconds a host has to be left
    alone yet.

    Refused for what may not be fetched, Failed for what did not come (codes: `timeout`, `too_large`, `name`,
    `connection`, `tls`, `protocol`, `redirects`).
    """
    watch = Watch(policy, tick)
    target = parse(url, policy.ports)
    for turn in range(policy.redirects + 1):
        if policy.robots:
            robots.require(target, watch, look_up)
        watch.sleep(pace(target.host))
        hop = Hop(target.url, folder / f"{turn}.response", folder / f"{turn}.body", datetime.now(UTC))
        trail.append(hop)
        ask(target, hop, watch, look_up)
        location = hop.header("location")
        if hop.status not in REDIRECTS or not location:
            return hop
        target = parse(redirected(target, location), policy.ports)
    raise Failed("redirects", _("It was sent on more than %(n)s times.", n=policy.redirects))


def exchange(
    url: str, folder: Path, policy: Policy, sending: Sending, *, tick: Callable[[], None], look_up: Resolver = resolve
) -> Hop:
    """Send something to a service and take its answer, whatever its status; a redirect is an answer too.

    The same judging, limits and `tick` as for `fetch`; `robots.txt` does not speak of services one was told to use.
    """
    watch = Watch(policy, tick)
    target = parse(url, policy.ports)
    hop = Hop(target.url, folder / "response", folder / "body", datetime.now(UTC))
    ask(target, hop, watch, look_up, sending)
    return hop
