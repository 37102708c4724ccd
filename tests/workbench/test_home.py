import os
from pathlib import Path

import pytest

from workbench.local.errors import StartError
from workbench.local.home import PROJECT, SOCKET_FOLDER_BYTES, Home


def test_the_option_wins_over_the_variable_and_the_variable_over_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", "/from/variable")
    assert Home.chosen("/from/option").path == Path("/from/option")
    assert Home.chosen().path == Path("/from/variable")
    monkeypatch.delenv("WORKBENCH_HOME")
    assert Home.chosen().path == PROJECT / ".home"


def test_the_secret_key_is_made_once_and_is_private(home: Home) -> None:
    home.prepare()
    key = home.secret_key
    home.prepare()
    assert home.secret_key == key
    assert len(key) > 50
    assert (home.path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert sorted(place.name for place in home.path.iterdir()) == ["files", "log", "run", "secret_key"]


def test_folders_are_private_and_the_home_may_only_be_passed_through(home: Home) -> None:
    home.prepare()
    assert home.path.stat().st_mode & 0o777 == 0o711
    assert {folder.stat().st_mode & 0o077 for folder in (home.files, home.log, home.sockets())} == {0}


def test_a_home_below_a_file_is_refused_in_one_sentence(folder: Path) -> None:
    (folder / "file").touch()
    with pytest.raises(StartError, match=r"^The home .*/file/home cannot be written \(.*\); choose another .*\.$"):
        Home(folder / "file" / "home").prepare()


def test_sockets_lie_in_the_home_where_the_path_is_short(home: Home) -> None:
    home.prepare()
    assert home.sockets() == home.run / "sockets"


def test_sockets_of_a_deep_home_lie_in_one_recorded_private_folder(folder: Path) -> None:
    home = Home(folder / ("deep" * 30))
    home.prepare()
    place = home.sockets()
    assert len(os.fsencode(place)) <= SOCKET_FOLDER_BYTES
    assert place.stat().st_mode & 0o777 == 0o700
    assert Home(home.path).sockets() == place
    home.discard_sockets()
    assert not place.exists()


def test_a_recorded_folder_that_others_can_enter_is_not_used_again(folder: Path) -> None:
    home = Home(folder / ("deep" * 30))
    home.prepare()
    taken = home.sockets()
    taken.chmod(0o777)
    fresh = home.sockets()
    assert fresh != taken
    home.discard_sockets()
    taken.rmdir()
