import time
from pathlib import Path

import psycopg
import pytest

from workbench import env
from workbench.local import postgres
from workbench.local.account import account_for
from workbench.local.errors import StartError
from workbench.local.home import Home
from workbench.local.servers import environment, serving


def test_the_url_survives_any_character_of_a_path(folder: Path) -> None:
    home = Home(folder / "a b#c?é%20&x")
    home.prepare()
    settings = env.database(postgres.url(home))
    assert settings["HOST"] == str(home.sockets())
    assert (settings["NAME"], settings["USER"], settings["PORT"]) == ("workbench", "postgres", "5432")


def test_data_of_another_version_are_refused_in_one_sentence(home: Home) -> None:
    home.prepare()
    home.postgres.mkdir()
    (home.postgres / "PG_VERSION").write_text("17\n")
    with pytest.raises(StartError, match=r"holds data of PostgreSQL 17, and this is 18: make a backup"):
        postgres.settle(home, time.sleep)


@pytest.mark.usefixtures("nothing_set")
def test_a_half_made_database_is_made_again(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.prepare()
    half = home.path / "postgres.new"
    (half / "base").mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with serving(home) as new:
        assert new
        with psycopg.connect(postgres.url(home)) as connection:
            assert connection.execute("SHOW fsync").fetchone() == ("on",)
            assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)
        assert not half.exists()
    monkeypatch.setenv("DATABASE_URL", "")
    with serving(home) as new:
        assert not new


def test_a_start_that_fails_says_the_servers_last_words(home: Home) -> None:
    home.prepare()
    account = account_for(home.path / "postgres.new", postgres.programs() / "postgres")
    (home.path / "run" / "here").touch()
    with pytest.raises(StartError, match=r"^The database could not be made: .*initdb\.log\)$"):
        postgres._finish(
            home, account, [str(postgres.programs() / "initdb"), "-D", str(home.run / "here")], "", time.sleep
        )


@pytest.mark.usefixtures("nothing_set")
def test_what_the_environment_says_already_stays(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.prepare()
    monkeypatch.setenv("DATABASE_URL", "postgresql://mine/db")
    monkeypatch.setenv("SECRET_KEY", "mine")
    assert set(environment(home)) == {"CELERY_BROKER_URL", "WORKBENCH_HOME"}
