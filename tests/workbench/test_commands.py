import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.product import MANAGE, environment_of_a_person, eventually
from workbench.local.home import Home

Left = Callable[[Path], list[psutil.Process]]


def command(home: Home, *words: str, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, MANAGE, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment_of_a_person(home.path, **settings),
    )


def holder(home: Home) -> str:
    return (home.run / "holder.json").read_text()


@pytest.mark.parametrize("words", [["check"], ["migrate", "--help"], ["up", "--help"]])
def test_what_needs_no_database_makes_no_home(home: Home, words: list[str]) -> None:
    done = command(home, *words)
    done.communicate()
    assert done.returncode == 0
    assert not home.path.exists()


def test_two_commands_in_an_empty_home_find_tables_and_share_servers_that_stay_for_both(
    home: Home, left_over: Left
) -> None:
    script = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT pg_postmaster_start_time()');"
    first = command(home, "shell", "--no-imports", "-c", f"{script} print(k.fetchone()); input()")
    assert eventually(lambda: (home.run / "holder.json").exists() and '"ready": true' in holder(home))
    tables = "k.execute('SELECT count(*) FROM annotations_article')"
    second = command(home, "shell", "--no-imports", "-c", f"{script} print(k.fetchone()); input(); {tables}")
    assert first.stdout is not None
    assert second.stdout is not None
    started = first.stdout.readline()
    assert second.stdout.readline() == started
    assert first.stdin is not None
    first.stdin.write("\n")
    first.stdin.flush()
    time.sleep(1)
    assert first.poll() is None
    assert second.communicate("\n")[1].count("Traceback") == 0
    assert second.returncode == 0
    assert "another command still uses the servers" in first.communicate()[1]
    assert first.returncode == 0
    assert left_over(home.path) == []


def test_with_servers_of_ones_own_nothing_embedded_is_made(home: Home) -> None:
    own = {name: os.environ[name] for name in ("DATABASE_URL", "CELERY_BROKER_URL")}
    done = command(
        home, "shell", "--no-imports", "-c", "from django.db import connection as c; c.ensure_connection()", **own
    )
    _, said = done.communicate()
    assert done.returncode == 0, said
    assert not home.postgres.exists()
    assert not home.valkey.exists()


def test_a_home_that_cannot_be_written_ends_a_command_with_one_sentence(folder: Path) -> None:
    (folder / "file").touch()
    done = command(Home(folder / "file" / "home"), "showmigrations")
    printed, said = done.communicate()
    assert (done.returncode, printed) == (1, "")
    assert said.startswith("The home ")
    assert len(said.splitlines()) == 1
