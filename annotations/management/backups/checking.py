"""Whether a restored copy holds: rows, texts, spans and files, each computed anew."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from annotations import storage
from annotations.management.backups.tables import copy_out, tables

# What must never be found: a sentence, and the statement that counts it.
NEVER = {
    "articles have a text that is not what their SHA-256 and length say": """
        SELECT count(*) FROM annotations_article
        WHERE encode(sha256(convert_to(text, 'UTF8')), 'hex') <> sha256 OR char_length(text) <> length
    """,
    "articles have an original that is not what its SHA-256 says": """
        SELECT count(*) FROM annotations_original WHERE encode(sha256(body), 'hex') <> sha256
    """,
    "claims have a span that is not their quote": """
        SELECT count(*) FROM annotations_claim c JOIN annotations_article a ON a.id = c.article_id
        WHERE substr(a.text, c.start + 1, c."end" - c.start) <> c.exact
    """,
}


def problems(manifest: dict[str, Any], advance: Callable[[int], None]) -> Iterator[str]:
    """A sentence for everything in this database and storage that is not as the backup says."""
    described = {table["name"]: table for table in manifest["tables"]}
    for table in tables():
        content, wanted = copy_out(table, lambda piece: advance(len(piece))), described[table.name]
        if (content.rows, content.sha256) != (wanted["rows"], wanted["sha256"]):
            yield f"{table.name} has {content.rows} rows that are not the {wanted['rows']} of the backup."
    with connection.cursor() as cursor:
        for sentence, statement in NEVER.items():
            cursor.execute(statement)
            [count] = cursor.fetchone()
            if count:
                yield f"{count} {sentence}."
    for file in manifest["files"]:
        if not _holds(file["sha256"], advance):
            yield f"The stored file {file['sha256']} is missing or damaged."


def _holds(sha256: str, advance: Callable[[int], None]) -> bool:
    digest = hashlib.sha256()
    try:
        with storage.open(sha256) as stored:
            for piece in storage.pieces(stored):
                digest.update(piece)
                advance(len(piece))
    except OSError:
        return False
    return digest.hexdigest() == sha256
