"""Objects in a bucket of an S3-compatible service, by obstore.

An object is fetched whole into a scratch file before it is read: a file can be read twice, and not every such service
gives out ranges.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import parse_qsl, urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from annotations.storage.folder import place
from annotations.storage.scratch import scratch, write

if TYPE_CHECKING:
    from obstore.store import S3Config

PATIENCE = timedelta(seconds=30)


class Bucket:
    """A bucket named by `s3://bucket/prefix?endpoint=https://host&region=name`.

    The key and the secret are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the environment.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        config: S3Config = {"region": query.get("region", "us-east-1")}
        if endpoint := query.get("endpoint"):
            config["endpoint"] = endpoint
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            config=config,
            client_options={"timeout": PATIENCE, "allow_http": bool(endpoint and endpoint.startswith("http://"))},
            retry_config={"max_retries": 3, "retry_timeout": PATIENCE},
        )

    def keep(self, draft: Path, sha256: str) -> None:
        """Store a finished draft under its name."""
        with _told():
            obstore.put(self._store, str(place(sha256)), draft)

    def open(self, sha256: str) -> BinaryIO:
        """The object for reading; FileNotFoundError where there is none."""
        with _told(), scratch() as folder:
            copy = folder / "object"
            write(copy, obstore.get(self._store, str(place(sha256))).stream())
            return copy.open("rb")  # outlives its name

    def remove(self, sha256: str) -> None:
        """Take an object away, if it is there."""
        with _told():
            obstore.delete(self._store, str(place(sha256)))

    def exists(self, sha256: str) -> bool:
        """Whether there is such an object."""
        try:
            with _told():
                obstore.head(self._store, str(place(sha256)))
        except FileNotFoundError:
            return False
        return True

    def names(self) -> Iterator[str]:
        """Every stored object, in order."""
        with _told():
            found = [Path(each["path"]).name for piece in obstore.list(self._store) for each in piece]
        return iter(sorted(found))

    def ready(self) -> bool:
        """Whether the bucket answers; OSError where not."""
        self.exists("0" * 64)
        return True


@contextmanager
def _told() -> Iterator[None]:
    """What the service refuses is an OSError, as with files."""
    try:
        yield
    except NotFoundError as error:
        raise FileNotFoundError(str(error)) from None
    except BaseError as error:
        raise OSError(str(error)) from None
