"""Whom the embedded servers run as: PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from workbench.local.child import SETPRIV
from workbench.local.errors import StartError

PROBE = 'test -x "$0" && cd "$1" && : > .probe && rm .probe'


@dataclass(frozen=True)
class Account:
    """A user id for the servers and the start of the command line that becomes it."""

    uid: int
    gid: int
    prefix: tuple[str, ...]

    def give(self, folder: Path) -> None:
        """Make a private folder of this account's; whatever lies in it changes hands with it."""
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid == self.uid:
            return
        for place, folders, files in os.walk(folder, topdown=False):
            for name in (*folders, *files):
                os.chown(Path(place) / name, self.uid, self.gid, follow_symlinks=False)
        os.chown(folder, self.uid, self.gid)


def account_for(data: Path, program: Path) -> Account:
    """The account that may keep `data` (a folder, made here where it is missing) and run `program`.

    A normal user's servers are the user's own. Those of root belong to the owner of `data`, else to `nobody`, and may
    pass through folders closed to that account (as /root is) by one capability, where root has it to give: opening
    such folders to the world is not for us to do. StartError when no way is left.
    """
    if sys.platform != "linux":
        raise StartError("The workbench runs on Linux only; on this platform use a container or a virtual machine.")
    if shutil.which(*SETPRIV) is None:
        raise StartError("The program setpriv is missing; install the package util-linux.")
    if os.geteuid() != 0:
        data.mkdir(mode=0o700, exist_ok=True)
        return Account(os.geteuid(), os.getegid(), SETPRIV)
    return _dropped(data, program)


def _dropped(data: Path, program: Path) -> Account:
    """An account without root's rights for the servers of root."""
    user = _owner(data)
    become = (*SETPRIV, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
    ways = [(*become, "--bounding-set=-all"), become, *(_passing(become, capability) for capability in _GRANTS)]
    for prefix in ways:
        account = Account(user.pw_uid, user.pw_gid, prefix)
        account.give(data)
        tried = subprocess.run([*prefix, "--", "/bin/sh", "-c", PROBE, program, data], capture_output=True, check=False)
        if tried.returncode == 0:
            return account
    raise StartError(
        f"PostgreSQL does not run as root, and the account {user.pw_name} may not reach {data} or {program}: "
        "start as a normal user, or choose a home and a project folder that others may pass through."
    )


# Searching any folder is enough; containers often grant root only the second.
_GRANTS = ("dac_read_search", "dac_override")


def _passing(become: tuple[str, ...], capability: str) -> tuple[str, ...]:
    """With one capability kept, and kept by access(2) too, with which PostgreSQL looks for its own binary."""
    grants = (f"--{kind}=-all,+{capability}" for kind in ("inh-caps", "ambient-caps", "bounding-set"))
    return (*become, *grants, "--securebits=+no_setuid_fixup")


def _owner(data: Path) -> pwd.struct_passwd:
    """The owner of a home that is not root's, else nobody."""
    try:
        if data.exists() and (uid := data.stat().st_uid) != 0:
            return pwd.getpwuid(uid)
        return pwd.getpwnam("nobody")
    except KeyError:
        raise StartError(
            "PostgreSQL does not run as root, and there is no account nobody; start as a normal user."
        ) from None
