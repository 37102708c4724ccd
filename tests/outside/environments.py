"""Environments of their own for libraries that cannot stand beside the product's: one folder each, made from a lock."""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = Path(__file__).parent


def python_of(name: str) -> Path:
    """The Python of `.venv-outside/<name>`, which holds what `<name>.lock` says; made, or made anew, where it does not.

    Raises CalledProcessError with what pip said where a package cannot be had.
    """
    lock, folder = LOCKS / f"{name}.lock", ROOT / ".venv-outside" / name
    python, held = folder / "bin" / "python", folder / "lock.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not held.is_file() or held.read_text() != wanted:
        venv.create(folder, clear=True, with_pip=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
        print(f"making {folder} from {lock.name}", file=sys.stderr)
        subprocess.run([python, *install, "-r", lock], check=True)
        held.write_text(wanted)
    return python
