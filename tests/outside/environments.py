"""Environments of packages that the product does not have, made from hash-locked lists beside this file."""

import fcntl
import hashlib
import os
import subprocess
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1] / ".venv-outside"

# Put before a script: whatever it runs finds no network, and says so.
ALONE = """
import socket
def refused(*_):
    raise OSError("a test dials nobody")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refused
"""


def python_of(name: str) -> Path:
    """The Python of `.venv-outside/NAME` with what `NAME.lock` lists; made where it is missing or the list changed.

    CalledProcessError where a package cannot be installed. Several processes may ask at once: one makes it.
    """
    lock = HERE / f"{name}.lock"
    place, wanted = ROOT / name, hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp, python = place / "made-from", place / "bin" / "python"
    ROOT.mkdir(exist_ok=True)
    with (ROOT / f"{name}.held").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != wanted:
            stamp.unlink(missing_ok=True)
            venv.create(place, clear=True, with_pip=True)
            options = ["--disable-pip-version-check", "--quiet", "--no-deps", "--require-hashes"]
            subprocess.run([python, "-m", "pip", "install", *options, "-r", lock], check=True)
            stamp.write_text(wanted)
    return python


def run(name: str, script: str, *arguments: str, cwd: Path, stdin: str = "", **surroundings: str) -> str:
    """What a script prints that runs in the environment without a network; AssertionError with its last words."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO", "DATABASE", "PYTHON"))}
    done = subprocess.run(
        [python_of(name), "-c", ALONE + script, *arguments],
        cwd=cwd,
        env={**own, **surroundings},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-1000:]}\n{done.stderr[-4000:]}"
    return done.stdout
