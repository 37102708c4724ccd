"""What the product takes of the machine: memory and processor time of all its processes."""

import os
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

EVERY = 0.5  # seconds
TICKS = os.sysconf("SC_CLK_TCK")
# A word of a process's command line that says what it is.
KINDS = {"uvicorn": "web", "worker": "worker", "beat": "beat", "postgres": "postgres", "valkey": "valkey", "up": "up"}


def described() -> str:
    """The machine in one line."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), os.uname().machine
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return f"{os.cpu_count()} cores ({model}), {memory:.0f} GB, load before the run {os.getloadavg()[0]:.1f}"


def processor_seconds(pid: int) -> Counter[str]:
    """Processor time so far, in seconds, by kind of process; of the process `pid` and all below it."""
    spent: Counter[str] = Counter()
    for process in _tree(pid):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        spent[_kind(process)] += (int(fields[11]) + int(fields[12])) / TICKS
    return spent


def memory_of(pid: int, kind: str) -> int:
    """Bytes that the processes of this kind take now, of the process `pid` and all below it."""
    return sum(_proportional(process) for process in _tree(pid) if _kind(process) == kind)


class MemoryWatch:
    """Adds up the proportional set sizes of a process and all below it, twice a second, until the block ends."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._over = threading.Event()
        self._looking = threading.Lock()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.peak = 0  # bytes, all processes together
        self.parts: dict[str, list[int]] = {}  # of each kind of process what each takes, at that moment

    def __enter__(self) -> "MemoryWatch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """While the database works for the bench itself: what it takes for that is not the product's."""
        with self._looking:
            yield
            time.sleep(EVERY)  # until its processes have gone

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            with self._looking:
                self._look()

    def _look(self) -> None:
        parts: dict[str, list[int]] = defaultdict(list)
        for process in _tree(self._pid):
            parts[_kind(process)].append(_proportional(process))
        total = sum(map(sum, parts.values()))
        if total > self.peak:
            self.peak, self.parts = total, parts


def _tree(pid: int) -> list[int]:
    try:
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.NoSuchProcess:
        return []


def _kind(pid: int) -> str:
    """What a process of the product is; the servers' own processes write over their command lines."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
    except OSError:
        return "ended"
    words = [Path(word.rstrip(":")).name for word in command.replace("\0", " ").split()]
    return next((kind for word, kind in KINDS.items() if any(word in (w, w.partition("-")[0]) for w in words)), "other")


def _proportional(pid: int) -> int:
    """Bytes: what is its own, and its share of what it shares."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # ended meanwhile
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
