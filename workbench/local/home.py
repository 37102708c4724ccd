"""The home directory: where one installation keeps its rows, queue, files, logs and secret key."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR

from workbench import env
from workbench.local.errors import StartError

PROJECT = Path(__file__).resolve().parents[2]
# sun_path holds 108 bytes with its closing NUL; the longest name put into the folder is ".s.PGSQL.5432.lock".
SOCKET_FOLDER_BYTES = 107 - len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Home:
    """One home directory; `prepare` makes it usable, everything else only names places in it."""

    path: Path

    @classmethod
    def chosen(cls, given: str | None = None) -> "Home":
        """`given` (of --home), else WORKBENCH_HOME, else .home beside manage.py."""
        chosen = given or env.text("WORKBENCH_HOME") or PROJECT / ".home"
        return cls(Path(chosen).expanduser().absolute())

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data directory."""
        return self.path / "postgres"

    @property
    def valkey(self) -> Path:
        """Valkey's append-only file."""
        return self.path / "valkey"

    @property
    def files(self) -> Path:
        """The stored objects."""
        return self.path / "files"

    @property
    def log(self) -> Path:
        """One log file for each child process."""
        return self.path / "log"

    @property
    def run(self) -> Path:
        """Locks, and the sockets where the path is short enough."""
        return self.path / "run"

    def prepare(self) -> None:
        """Make the folders and the secret key; StartError where this home cannot be written."""
        with self.writing():
            # Others may pass through (the servers' own account has to) but not look; every folder inside is private.
            self.path.mkdir(mode=0o711, parents=True, exist_ok=True)
            self.run.mkdir(mode=0o711, exist_ok=True)
            for folder in (self.log, self.files):
                folder.mkdir(mode=0o700, exist_ok=True)
            for folder in (self.log, self.run):
                (folder / ".writable").touch()
                (folder / ".writable").unlink()
            self._make_secret_key()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Turns an OSError met while writing this home into one sentence."""
        try:
            yield
        except OSError as error:
            raise StartError(
                f"The home {self.path} cannot be written ({error.strerror}); "
                "choose another with --home or WORKBENCH_HOME."
            ) from error

    @property
    def secret_key(self) -> str:
        """The key that signs sessions and links, made once for this home."""
        with self.writing():
            return (self.path / "secret_key").read_text().strip()

    def _make_secret_key(self) -> None:
        """Written under another name and linked, so that no half-written key is ever read."""
        place = self.path / "secret_key"
        if place.exists():
            return
        draft = self.path / f"secret_key.{os.getpid()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            place.hardlink_to(draft)
        except FileExistsError:
            pass  # another command was first; its key holds
        finally:
            draft.unlink()

    def sockets(self) -> Path:
        """The private folder of both sockets, made where it is missing.

        A socket's path may have 107 bytes. In a home too deep for that the folder is a temporary one, named in the
        home so that every command finds it.
        """
        inside = self.run / "sockets"
        if len(os.fsencode(inside)) <= SOCKET_FOLDER_BYTES:
            with self.writing():
                inside.mkdir(mode=0o700, exist_ok=True)
            return inside
        record = self.run / "sockets-at"
        with self.writing():
            known = Path(record.read_text()) if record.exists() else None
            if known is None or not self._is_ours(known):
                known = Path(tempfile.mkdtemp(prefix="workbench-"))
                record.write_text(str(known))
        if len(os.fsencode(known)) > SOCKET_FOLDER_BYTES:
            raise StartError(f"The path of {known} is too long for a socket; set TMPDIR to a shorter one.")
        return known

    def discard_sockets(self) -> None:
        """Remove the temporary folder of `sockets`, if there is one; for whoever has stopped the servers."""
        record = self.run / "sockets-at"
        if record.exists():
            folder = Path(record.read_text())
            if self._is_ours(folder):
                shutil.rmtree(folder, ignore_errors=True)
            record.unlink()

    def _data(self) -> tuple[Path, ...]:
        """The folders of the servers' account."""
        return self.postgres, self.path / "postgres.new", self.valkey

    def _is_ours(self, folder: Path) -> bool:
        """A real folder of this user or of the servers' account: anyone may make names in a temporary directory."""
        try:
            found = folder.lstat()
        except OSError:
            return False
        owners = {os.geteuid(), *(data.stat().st_uid for data in self._data() if data.exists())}
        return S_ISDIR(found.st_mode) and found.st_uid in owners and found.st_mode & 0o077 == 0
