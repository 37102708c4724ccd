"""PDF and Word documents, by pypdf and python-docx. Pure."""

import zipfile
from datetime import datetime
from io import BytesIO

import docx
from docx.table import Table
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PdfReadError

from annotations.extraction.found import Document, NothingExtracted, clean, line
from annotations.messages import gettext as _

MOST_PAGES = 2_000
MOST_UNPACKED = 100_000_000  # bytes


def read_pdf(body: bytes, _media_type: str) -> Document:
    """The text of a PDF, page by page."""
    try:
        reader = PdfReader(BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked()
        pages = [page.extract_text() for page, _n in zip(reader.pages, range(MOST_PAGES), strict=False)]
        facts = reader.metadata
    except FileNotDecryptedError:
        raise _locked() from None
    except PdfReadError as error:
        raise NothingExtracted("broken", _("The PDF is broken: %(why)s.", why=str(error)[:200])) from None
    text = clean("\n\n".join(page.strip() for page in pages if page.strip()))
    if facts is None:
        return Document(text=text)
    return Document(
        text=text, title=line(facts.title), author=line(facts.author), published_on=_day(facts.creation_date)
    )


def read_docx(body: bytes, _media_type: str) -> Document:
    """The paragraphs and tables of a Word document, in order."""
    _check_zip(body)
    document = docx.Document(BytesIO(body))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    facts = document.core_properties
    return Document(
        text=clean("\n".join(lines)).strip("\n"),
        title=line(facts.title),
        author=line(facts.author),
        language=line(facts.language),
        published_on=_day(facts.created),
    )


def _check_zip(body: bytes) -> None:
    try:
        members = zipfile.ZipFile(BytesIO(body)).infolist()
    except (zipfile.BadZipFile, ValueError):
        raise NothingExtracted("broken", _("The file is a broken ZIP.")) from None
    if any(member.filename.startswith("/") or ".." in member.filename.split("/") for member in members):
        raise NothingExtracted("broken", _("The file has a member that points out of it."))
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        told = _("Unpacked the document has more than %(n)s MB.", n=MOST_UNPACKED // 1_000_000)
        raise NothingExtracted("too_large", told)
    if "word/document.xml" not in {member.filename for member in members}:
        raise NothingExtracted("no_text", _("The ZIP is no Word document."))


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _locked() -> NothingExtracted:
    return NothingExtracted("locked", _("The PDF is locked with a password."))
