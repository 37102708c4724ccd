"""Calm lines on the terminal: one for each step, with counts for what takes longer."""

import sys
from contextlib import suppress

WIDTH = 14
BAR = 30


def say(step: str, words: str = "") -> None:
    """One line about a step; a terminal that has gone away stops nothing."""
    with suppress(OSError, ValueError):
        sys.stdout.write(f"{_start()}  {step:<{WIDTH}}{words}\n" if words else f"{_start()}{step}\n")
        sys.stdout.flush()


def counting(step: str, done: int, total: int) -> None:
    """A bar that grows in place; only on a terminal, where it can be overwritten by `say`."""
    if sys.stdout.isatty():
        bar = "█" * (BAR * done // max(total, 1))
        with suppress(OSError, ValueError):
            sys.stdout.write(f"{_start()}  {step:<{WIDTH}}{bar:<{BAR}} {done} of {total}")
            sys.stdout.flush()


def _start() -> str:
    return "\r\x1b[K" if sys.stdout.isatty() else ""
