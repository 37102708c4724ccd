"""The files of a release out of a zip: those a release can have, and never more than is allowed."""

import io
import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from annotations.importing.outside import Unreadable, shown
from annotations.messages import gettext as _

MOST_FILES = 60
MOST_UNPACKED = 200_000_000  # bytes, together
MOST_DIRECTORY = 64 * 1024  # bytes of the list of files
PIECE = 1024 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_REMARK = 65_535
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


def unpack(body: bytes, folder: Path) -> None:
    """Write the files of a zip into a folder, in one level; they may lie in one folder of the zip.

    Unreadable for a broken zip, a name that leads elsewhere, too many files or too much in them.
    """
    _check_directory(body)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            names = _names([info.filename for info in infos])
            if sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise _too_much()
            left = MOST_UNPACKED
            for info, name in zip(infos, names, strict=True):
                with archive.open(info) as packed, (folder / name).open("xb") as out:
                    while piece := packed.read(PIECE):
                        left -= len(piece)
                        if left < 0:
                            raise _too_much()
                        out.write(piece)
    except _BROKEN as error:
        raise Unreadable(_("The zip is broken: %(why)s.", why=shown(str(error)))) from None


def _check_directory(body: bytes) -> None:
    """Refuse a list of files so long that reading it alone would cost more than the files may."""
    at = body.rfind(_END, max(0, len(body) - _END_SIZE - _LONGEST_REMARK))
    if at < 0 or at + _END_SIZE > len(body):
        raise Unreadable(_("The zip is broken: %(why)s.", why="it has no end"))
    if int.from_bytes(body[at + 12 : at + 16], "little") > MOST_DIRECTORY:
        raise Unreadable(_("The zip has more than %(most)s files.", most=MOST_FILES))


def _names(paths: list[str]) -> list[str]:
    if len(paths) > MOST_FILES:
        raise Unreadable(_("The zip has more than %(most)s files.", most=MOST_FILES))
    parts = [PurePosixPath(path).parts for path in paths]
    folders = {each[:-1] for each in parts}
    names = [each[-1] if each else "" for each in parts]
    wrong = next((path for path, name in zip(paths, names, strict=True) if not _FILE_NAME.fullmatch(name)), None)
    if wrong is None and (len(folders) > 1 or any(len(each) > 1 or each[:1] in (("..",), ("/",)) for each in folders)):
        wrong = paths[0]
    if wrong is not None or len(set(names)) != len(names):
        told = _("The zip may hold the files of one release and nothing else, not %(name)s.", name=shown(wrong or ""))
        raise Unreadable(told)
    return names


def _too_much() -> Unreadable:
    return Unreadable(_("Unpacked the zip has more than %(most)s MB.", most=MOST_UNPACKED // 1_000_000))
