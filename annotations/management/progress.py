"""A bar that grows on the terminal while something long is done; nothing where there is no terminal."""

import time
from types import TracebackType
from typing import TextIO

WIDTH = 30
EVERY = 0.1  # seconds


class Progress:
    """`with Progress(stream, "Rows", total) as advance: … advance(n)`."""

    def __init__(self, stream: TextIO, what: str, total: int) -> None:
        self.stream, self.what, self.total = stream, what, max(total, 1)
        self.done = 0
        self._shown_at = float("-inf")

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, n: int) -> None:
        """`n` more are done."""
        self.done += n
        if self.stream.isatty() and time.monotonic() - self._shown_at > EVERY:
            self._show()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.stream.isatty():
            self._show()
            self.stream.write("\n")

    def _show(self) -> None:
        self._shown_at = time.monotonic()
        share = min(self.done / self.total, 1)
        self.stream.write(f"\r{self.what:<12} {'█' * int(WIDTH * share):<{WIDTH}} {share:4.0%}")
        self.stream.flush()
