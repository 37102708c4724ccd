import os
import subprocess
from pathlib import Path

import pytest

from workbench.local import postgres
from workbench.local.account import account_for

AS_ROOT = os.geteuid() == 0


def run_as(prefix: tuple[str, ...], *words: str) -> str:
    return subprocess.run([*prefix, "--", *words], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("mode", [0o711, 0o700])
def test_the_servers_never_have_roots_id_and_reach_their_folder(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    account = account_for(folder / "data", postgres.programs() / "postgres")
    assert account.uid != 0
    assert run_as(account.prefix, "id", "-u").strip() == str(account.uid)
    run_as(account.prefix, "touch", str(folder / "data" / "written"))
    assert (folder / "data" / "written").stat().st_uid == account.uid
    assert folder.stat().st_mode & 0o777 == mode


def test_no_capability_is_kept_where_the_way_is_open(folder: Path) -> None:
    account = account_for(folder / "data", Path("/bin/true"))
    effective = next(
        line for line in run_as(account.prefix, "cat", "/proc/self/status").splitlines() if "CapEff" in line
    )
    own = next(line for line in Path("/proc/self/status").read_text().splitlines() if "CapEff" in line)
    assert int(effective.split()[1], 16) == (0 if AS_ROOT else int(own.split()[1], 16))


def test_data_that_changed_hands_are_given_back(folder: Path) -> None:
    account = account_for(folder / "data", postgres.programs() / "postgres")
    (folder / "data" / "inside").mkdir()
    (folder / "data" / "inside" / "row").touch()
    if AS_ROOT:
        for place in (folder / "data", folder / "data" / "inside", folder / "data" / "inside" / "row"):
            os.chown(place, 0, 0)
    account.give(folder / "data")
    owners = {place.stat().st_uid for place in (folder / "data").rglob("*")}
    assert owners == {account.uid}
