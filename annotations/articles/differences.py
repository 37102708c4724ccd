"""What differs between two texts, line by line and in changed lines word by word. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, CAME, WENT = "same", "came", "went"
AROUND = 1  # lines shown beside a change
# Pairs of lines, and of words within lines, that are compared; beyond them what differs is shown as a whole.
EFFORT = 4_000_000

Run = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """One line: runs of text that are the same, came or went. A gap stands for `skipped` lines that are the same."""

    runs: tuple[Run, ...] = ()
    skipped: int = 0


def changes(before: str, after: str) -> list[Change]:
    """The lines that differ, each with the lines around it; empty lines make no difference."""
    return list(_with_gaps(list(_Comparison().lines(_lines(before), _lines(after)))))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


class _Comparison:
    """One comparison, with the effort that is left for it."""

    def __init__(self) -> None:
        self._left = EFFORT

    def lines(self, old: list[str], new: list[str]) -> Iterator[Change]:
        """Every line of both, in order."""
        for tag, first, last, begin, end in self._steps(old, new):
            if tag == "equal":
                yield from (Change(((SAME, line),)) for line in old[first:last])
            elif tag == "replace" and last - first == end - begin:
                yield from (Change(self._runs(a, b)) for a, b in zip(old[first:last], new[begin:end], strict=True))
            else:
                yield from (Change(((WENT, line),)) for line in old[first:last])
                yield from (Change(((CAME, line),)) for line in new[begin:end])

    def _runs(self, old: str, new: str) -> tuple[Run, ...]:
        """A changed line, word by word."""
        before, after = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", new)
        found: list[Run] = []
        for tag, first, last, begin, end in self._steps(before, after):
            if tag == "equal":
                found.append((SAME, "".join(before[first:last])))
                continue
            runs = ((WENT, "".join(before[first:last])), (CAME, "".join(after[begin:end])))
            found += [run for run in runs if run[1]]
        return tuple(found)

    def _steps(self, old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
        """Difflib's steps. What begins and ends alike is set aside first; what is too much then is one replacement."""
        head = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        rest = min(len(old), len(new)) - head
        tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
        middle, other = old[head : len(old) - tail], new[head : len(new) - tail]
        self._left -= len(middle) * len(other)
        if self._left < 0:
            steps = [("delete", 0, len(middle), 0, 0), ("insert", len(middle), len(middle), 0, len(other))]
        else:
            steps = list(SequenceMatcher(None, middle, other, autojunk=False).get_opcodes())
        moved = [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in steps]
        begun = [("equal", 0, head, 0, head)] if head else []
        ended = [("equal", len(old) - tail, len(old), len(new) - tail, len(new))] if tail else []
        return [*begun, *moved, *ended]


def _with_gaps(lines: list[Change]) -> Iterator[Change]:
    differ = [n for n, line in enumerate(lines) if any(kind != SAME for kind, _text in line.runs)]
    near = {n + step for n in differ for step in range(-AROUND, AROUND + 1)}
    skipped = 0
    for n, line in enumerate(lines):
        if n not in near:
            skipped += 1
            continue
        if skipped:
            yield Change(skipped=skipped)
        skipped = 0
        yield line
    if skipped and differ:
        yield Change(skipped=skipped)
