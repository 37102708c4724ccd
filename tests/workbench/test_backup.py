"""A backup brings everything back, or says what is wrong and changes nothing."""

import random
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import orjson
import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from annotations.accounts.models import User
from annotations.accounts.services import create_token, create_user
from annotations.audit.models import Event
from annotations.management.backups import tables
from annotations.management.backups.archive import Broken, check_seal, members, written
from annotations.projects.models import Project
from annotations.releases.models import Release, ReleaseFile
from annotations.web.models import IdempotencyKey
from tests.factories.claims import Desk, desk, fact, verified
from tests.factories.releases import NAMES, contents, killed_at, published, shelf, surroundings
from tests.product import MANAGE


@pytest.fixture
def at(transactional_db: None, tmp_path: Path, settings: Settings) -> Desk:
    """A project with work at every step and one release."""
    settings.STORAGE_ROOT = tmp_path / "objects"
    return filled()


@pytest.fixture(scope="module")
def taken(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of such a project, made once; the database is empty again."""
    folder = tmp_path_factory.mktemp("taken")
    with django_db_blocker.unblock(), override_settings(STORAGE_ROOT=folder / "objects"):
        filled()
        command("backup", str(folder / "workbench.tar.gz"))
        call_command("flush", interactive=False, verbosity=0)
    return folder / "workbench.tar.gz"


@pytest.fixture
def backup(taken: Path, tmp_path: Path) -> Path:
    """A copy of the backup, to do with as one likes."""
    return Path(shutil.copy2(taken, tmp_path))


@pytest.fixture
def empty(transactional_db: None, tmp_path: Path, settings: Settings) -> Path:
    """A database without rows and a store without files; the store."""
    settings.STORAGE_ROOT = tmp_path / "other objects"
    assert not User.objects.exists()
    return tmp_path / "other objects"


def filled() -> Desk:
    at = desk()
    create_token(at.ann)
    IdempotencyKey.objects.create(user=at.ann, key="k", method="POST", path="/", request_sha256="0" * 64)
    shelf(at)
    published(at)
    return at


def command(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def everything() -> dict[str, tables.Content]:
    """Every row of every table that a backup has."""
    return {table.name: tables.copy_out(table, lambda _: None) for table in tables.tables()}


def altered(backup: Path, change: Callable[[str, bytes], bytes]) -> None:
    """The backup with other members, and a seal that fits them."""
    with members(backup) as found:
        contents = [(name, change(name, file.read())) for name, file in found]
    with written(backup) as archive:
        for name, content in contents:
            archive.add_bytes(name, content)


def test_everything_comes_back(at: Desk, tmp_path: Path, settings: Settings) -> None:
    backup = tmp_path / "workbench.tar.gz"
    command("backup", str(backup))
    rows, files = everything(), contents(Release.objects.get())
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(settings.STORAGE_ROOT)
    printed = command("restore", str(backup))
    assert "are back, and hold." in printed
    assert everything() == rows
    assert contents(Release.objects.get()) == files
    assert not IdempotencyKey.objects.exists()
    command("export_release", "desk", "--output", str(tmp_path / "out"))
    command("verify_release", str(tmp_path / "out"))


def test_work_goes_on_in_the_restored_copy(backup: Path, empty: Path) -> None:
    command("restore", str(backup))
    last = Event.objects.filter(stream__startswith="project:").order_by("-number").first()
    people = {user.username: user for user in User.objects.all()}
    again = Desk(Project.objects.get(), people)
    create_user("newcomer")
    verified(again)
    assert published(again).number == 2
    assert last
    assert Event.objects.filter(stream=last.stream, number__gt=last.number).exists()
    desk("another")


def test_an_empty_database_is_made_ready_and_filled(backup: Path, empty: Path) -> None:
    with psycopg.connect(surroundings()["DATABASE_URL"], autocommit=True) as server:
        server.execute("CREATE DATABASE restored")
    try:
        url = surroundings()["DATABASE_URL"].replace(f"///{connection.settings_dict['NAME']}?", "///restored?")
        call = [sys.executable, MANAGE, "restore", str(backup)]
        done = subprocess.run(call, env=surroundings(DATABASE_URL=url), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        with psycopg.connect(url) as restored:
            assert restored.execute("SELECT count(*) FROM annotations_release").fetchone() == (1,)
        done = subprocess.run(call, env=surroundings(DATABASE_URL=url), capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "This database has users already. Restore into an empty one." in done.stderr
    finally:
        with psycopg.connect(surroundings()["DATABASE_URL"], autocommit=True) as server:
            server.execute("DROP DATABASE restored WITH (FORCE)")


def test_a_database_in_use_is_refused(empty: Path, backup: Path) -> None:
    desk()
    before = everything()
    with pytest.raises(CommandError, match="This database has users already"):
        command("restore", str(backup))
    assert everything() == before


def test_one_changed_byte_anywhere_is_found(backup: Path) -> None:
    whole = backup.read_bytes()
    chosen = random.Random(7).sample(range(len(whole)), 300)
    for place in {*range(40), *chosen, *range(len(whole) - 120, len(whole))}:
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        backup.write_bytes(changed)
        with pytest.raises(Broken):
            check_seal(backup, lambda _: None)
    backup.write_bytes(whole)
    check_seal(backup, lambda _: None)


def test_another_length_is_found(backup: Path) -> None:
    whole = backup.read_bytes()
    for content in (whole[:-1], whole + b"\0", b"", whole[1:], whole * 2):
        backup.write_bytes(content)
        with pytest.raises(Broken):
            check_seal(backup, lambda _: None)


def test_a_changed_backup_is_not_restored(backup: Path, empty: Path) -> None:
    before = everything()
    changed = bytearray(backup.read_bytes())
    changed[len(changed) // 2] ^= 1
    backup.write_bytes(changed)
    with pytest.raises(CommandError, match="is damaged, or no backup"):
        command("restore", str(backup))
    assert everything() == before
    assert not empty.exists()


def without_last_line(content: bytes) -> bytes:
    return b"".join(content.splitlines(keepends=True)[:-1])


@pytest.mark.parametrize(
    ("member", "change", "words"),
    [
        ("rows/annotations_claim", lambda b: b.replace(b"lost 3 of 4", b"lost 4 of 4"), "annotations_claim do not fit"),
        ("rows/annotations_article", lambda b: b.replace(b"Is anybody", b"Is nobody "), "do not fit"),
        ("rows/annotations_user", without_last_line, "The rows do not fit together: .*foreign key"),
        ("rows/annotations_apitoken", without_last_line, "annotations_apitoken has 0 rows that are not the 1"),
        ("rows/annotations_article", lambda b: b.replace(b"The bridge\t", b"The brigde\t"), "annotations_article has"),
        ("rows/annotations_labelrevision", lambda b: b.replace(b"opinion", b"nothing"), "do not fit"),
        ("files/", lambda b: b[:-1] + b"?", "The stored file .* is damaged in the backup"),
    ],
)
def test_a_backup_that_does_not_hold_is_not_kept(
    backup: Path, empty: Path, member: str, change: Callable[[bytes], bytes], words: str
) -> None:
    before = everything()
    altered(backup, lambda name, content: change(content) if name.startswith(member) else content)
    with pytest.raises(CommandError, match=f"(?s)^Nothing was restored.*{words}"):
        command("restore", str(backup))
    assert everything() == before


def test_a_backup_of_another_version_is_refused(backup: Path, empty: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != "manifest.json":
            return content
        manifest = orjson.loads(content)
        manifest["migrations"] = [*manifest["migrations"][1:], ["annotations", "0099_later"]]
        return orjson.dumps(manifest)

    altered(backup, change)
    with pytest.raises(CommandError, match=r"another version .*it has annotations\.0099_later; it lacks annotations"):
        command("restore", str(backup))
    assert not User.objects.exists()


def test_another_sealed_file_is_no_backup(empty: Path, tmp_path: Path) -> None:
    path = tmp_path / "other"
    with written(path) as archive:
        archive.add_bytes("hello.txt", b"hello")
    with pytest.raises(CommandError, match="no backup of a form that this version knows"):
        command("restore", str(path))
    with pytest.raises(CommandError, match="No such file"):
        command("restore", str(tmp_path / "nowhere"))


def test_a_restore_killed_at_its_last_step_changes_nothing(backup: Path, empty: Path) -> None:
    before = everything()
    work = f"from django.core.management import call_command; call_command('restore', '{backup}')"
    assert killed_at("problems", 1, work)
    assert everything() == before
    command("restore", str(backup))
    assert Release.objects.count() == 1


def test_a_killed_backup_leaves_no_file_of_its_name(at: Desk, tmp_path: Path) -> None:
    path = tmp_path / "workbench.tar.gz"
    work = f"from django.core.management import call_command; call_command('backup', '{path}')"
    assert killed_at("_add_object", 2, work)
    assert not path.exists()
    path.write_bytes(b"an older one")
    assert killed_at("_add_object", 2, work)
    assert path.read_bytes() == b"an older one"
    command("backup", str(path))
    check_seal(path, lambda _: None)


def test_a_backup_taken_while_others_work_holds(at: Desk, tmp_path: Path) -> None:
    stop = threading.Event()

    def work() -> None:
        try:
            while not stop.is_set():
                fact(at)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        paths = [tmp_path / f"{number}.tar.gz" for number in range(3)]
        for path in paths:
            command("backup", str(path))
    finally:
        stop.set()
        thread.join()
    for path in paths:
        call_command("flush", interactive=False, verbosity=0)
        command("restore", str(path))


def test_a_damaged_store_is_not_backed_up(at: Desk, tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "workbench.tar.gz"
    path.write_bytes(b"an older one")
    file = ReleaseFile.objects.get(name="claims.csv")
    place = Path(settings.STORAGE_ROOT, file.sha256[:2], file.sha256[2:4], file.sha256)
    whole = place.read_bytes()
    for spoilt in (b"?" + whole[1:], whole[:-1]):
        place.write_bytes(spoilt)
        with pytest.raises(CommandError, match=f"No backup was made: The stored file {file.sha256}"):
            command("backup", str(path))
    place.unlink()
    with pytest.raises(CommandError, match=f"No backup was made: The stored file {file.sha256} cannot be read"):
        command("backup", str(path))
    assert path.read_bytes() == b"an older one"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["objects", "workbench.tar.gz"]


def test_where_nothing_can_be_written(at: Desk, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No backup was made: No such file or directory"):
        command("backup", str(tmp_path / "nowhere" / "workbench.tar.gz"))


def test_it_is_for_its_owner_alone_and_any_tar_reads_it(taken: Path) -> None:
    assert taken.stat().st_mode & 0o077 == 0
    assert sorted(one.name for one in taken.parent.iterdir()) == ["objects", taken.name]
    done = subprocess.run(["gzip", "--test", str(taken)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    done = subprocess.run(["tar", "tzf", str(taken)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    names = done.stdout.splitlines()
    assert names[0] == "manifest.json"
    assert sum(name.startswith("files/") for name in names) == len(NAMES)
    assert "rows/annotations_event" in names


def test_what_it_leaves_out_is_said(empty: Path, tmp_path: Path) -> None:
    printed = command("backup", str(tmp_path / "file"))
    assert "Left out: sessions.Session, annotations.IdempotencyKey, axes.*" in printed
    with members(tmp_path / "file") as found:
        names = [name for name, _ in found]
    assert "rows/annotations_idempotencykey" not in names


def test_every_table_of_the_database_is_kept_or_left_out_by_name(transactional_db: None) -> None:
    kept = {table.name for table in tables.tables()}
    out = {"django_session", "annotations_idempotencykey", "axes_accessattempt", "axes_accesslog"}
    out |= {"axes_accessfailurelog", "axes_accessattemptexpiration", "django_migrations"}
    out |= {"annotations_searchable"}  # the database fills it from the rows of others
    assert kept | out == set(connection.introspection.table_names())
    assert not kept & out


def test_rows_come_after_the_rows_they_need() -> None:
    order = [table.name.removeprefix("annotations_") for table in tables.tables()]
    for before, after in (
        ("user", "project"),
        ("project", "article"),
        ("article", "claim"),
        ("claim", "labelrevision"),
        ("labelrevision", "decision"),
        ("claim", "verdict"),
        ("release", "releasefile"),
    ):
        assert order.index(before) < order.index(after)
