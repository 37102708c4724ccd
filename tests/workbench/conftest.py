import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.servers import temporary_folder
from workbench.local import postgres
from workbench.local.home import Home


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short path, which others may pass through; gone after the test."""
    place = temporary_folder()
    yield place
    shutil.rmtree(place)


@pytest.fixture
def home(folder: Path) -> Home:
    return Home(folder / "home")


def processes_of(home: Path) -> list[psutil.Process]:
    """Every process that names the home in its command line or was started for it."""
    return [process for process in psutil.process_iter() if str(home) in _marks(process)]


def _marks(process: psutil.Process) -> str:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return ""
        return " ".join(process.cmdline()) + process.environ().get("WORKBENCH_HOME", "")
    except psutil.Error:
        return ""


@pytest.fixture
def left_over() -> Callable[[Path], list[psutil.Process]]:
    return processes_of


class Rows:
    """Rows in a home's own database, to see whether they are still there."""

    def __init__(self, home: Path) -> None:
        self._url = postgres.url(Home(home))

    def add(self, number: int) -> None:
        with psycopg.connect(self._url) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS acknowledged (number int)")
            connection.execute("INSERT INTO acknowledged VALUES (%s)", [number])

    def numbers(self) -> list[int]:
        with psycopg.connect(self._url, connect_timeout=10) as connection:
            return [number for (number,) in connection.execute("SELECT number FROM acknowledged ORDER BY number")]


@pytest.fixture
def rows() -> type[Rows]:
    return Rows


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a person who has set nothing; what the test sets is undone."""
    for name in ("DATABASE_URL", "CELERY_BROKER_URL", "SECRET_KEY", "WORKBENCH_HOME"):
        monkeypatch.setenv(name, "")
