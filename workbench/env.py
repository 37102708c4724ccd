"""Reads the environment, and nothing else: every variable of docs/configuration.md passes through here."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# What is asked for a third time over a connection stays prepared on the server: a save then costs it half as much.
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}


def text(name: str, default: str = "") -> str:
    """The variable, stripped; `default` where it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on (any case)."""
    value = text(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def number(name: str, default: int) -> int:
    """A whole number; ValueError names the variable where it is none."""
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise ValueError(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without blanks."""
    return [word for part in text(name, default).split(",") if (word := part.strip())]


def store(name: str, default: Path) -> tuple[Path, str]:
    """A folder on this machine, and the bucket in its stead that a URL names (`s3://bucket`), if it names one.

    ValueError for other schemes than those of `file:///folder` and `s3://bucket/prefix`.
    """
    url = text(name, default.absolute().as_uri())
    parts = urlsplit(url)
    if parts.scheme == "s3" and parts.netloc:
        return default, url
    if parts.scheme != "file" or parts.netloc:
        raise ValueError(f"{name} must look like file:///folder or s3://bucket/prefix, not {url}.")
    return Path(unquote(parts.path)), ""


def database(url: str) -> dict[str, Any]:
    """Django's settings for a `postgresql://user:password@host:port/name?option=value` URL.

    A unix socket is given as `postgresql:///name?host=/folder&user=postgres`. ValueError for other schemes.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://.")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "workbench",
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {**query, **PREPARED, "pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
        # A round trip for each request, so that a restarted server does not cost a failed request for each connection.
        "CONN_HEALTH_CHECKS": True,
    }
