"""The limits of one fetch while it runs: its time, its bytes, and somebody who may stop it. Pure."""

import time
from collections.abc import Callable

from annotations.fetching.policy import Policy
from annotations.messages import Refusal
from annotations.messages import gettext as _

SLICE = 1.0  # seconds of waiting after which somebody is told that the work goes on
LONGEST_STEP = 10.0  # seconds for a connection or a handshake


class Failed(Refusal):
    """What was asked for and did not come, and why."""


class Watch:
    """One fetch under its limits. `tick` is called about once a second, and stops the fetch by raising."""

    def __init__(self, policy: Policy, tick: Callable[[], None]) -> None:
        self.policy = policy
        self._tick = tick
        self._ends = time.monotonic() + policy.seconds
        self._told = 0.0
        self._bytes = 0

    def step(self) -> float:
        """Seconds that one step may take. Failed (`timeout`) where none are left."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise Failed("timeout", _("It was not here after %(n)s seconds.", n=f"{self.policy.seconds:g}"))
        if time.monotonic() - self._told >= SLICE:
            self._told = time.monotonic()
            self._tick()
        return min(left, LONGEST_STEP)

    def slice(self) -> float:
        """Seconds to wait for something before looking around."""
        return min(self.step(), SLICE)

    def count(self, size: int) -> None:
        """So many bytes more came. Failed (`too_large`) where these are too many."""
        self._bytes += size
        if self._bytes > self.policy.most_bytes:
            most = f"{self.policy.most_bytes / 1_000_000:g}"
            raise Failed("too_large", _("It is too large: more than %(n)s MB came.", n=most))

    def sleep(self, seconds: float) -> None:
        """Wait, under the same limits."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, self.slice()))
