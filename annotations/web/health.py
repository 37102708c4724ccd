"""Whether the process lives, and whether what it depends on answers."""

import logging
from collections.abc import Callable
from functools import lru_cache

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.connection import Connection

from annotations import storage
from annotations.web.rendering import dumps

logger = logging.getLogger(__name__)

PATIENCE = 1  # seconds for each dependency


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view's signature
    """200 as long as the process answers at all."""
    return HttpResponse(dumps({"status": "ok"}), "application/json")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  # a view's signature
    """200 when every dependency answers, else 503; which one fails is said, why stands in the log alone."""
    checks = {name: _outcome(name, check) for name, check in CHECKS.items()}
    ready = set(checks.values()) == {"ok"}
    body = dumps({"status": "ok" if ready else "unavailable", "checks": checks})
    return HttpResponse(body, "application/json", 200 if ready else 503)


def _outcome(name: str, check: Callable[[], bool]) -> str:
    try:
        return "ok" if check() else "failed"
    except Exception:  # whatever a dependency raises, the answer is that it fails
        logger.exception("The %s is not ready", name)
        return "failed"


def _database() -> bool:
    """A connection of its own: the pool would wait 20 seconds for a server that is away."""
    return _ask("SELECT 1", []) == 1


def _migrations() -> bool:
    """Every migration that no other one follows has been applied."""
    leaves = _leaves()
    sql = "SELECT count(*) FROM django_migrations WHERE app || '.' || name = ANY(%s)"
    return _ask(sql, [leaves]) == len(leaves)


def _ask(sql: str, parameters: list[object]) -> object:
    """The one value that `sql` gives."""
    options = {**connection.get_connection_params(), "connect_timeout": PATIENCE}
    with psycopg.connect(**options) as own:
        row = own.execute(sql, parameters).fetchone()
    return row[0] if row else None


@lru_cache(maxsize=1)
def _leaves() -> list[str]:
    """The last migration of each app, as `app.name`."""
    return [f"{app}.{name}" for app, name in MigrationLoader(None).graph.leaf_nodes()]


def _broker() -> bool:
    """The broker takes a connection."""
    timeouts = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    options = {"connect_timeout": PATIENCE, "transport_options": timeouts}
    with Connection(settings.CELERY_BROKER_URL, **options) as broker:  # type: ignore[no-untyped-call]  # an untyped library
        broker.ensure_connection(max_retries=1, interval_start=0)
        return bool(broker.connected)


def _storage() -> bool:
    """Objects can be stored."""
    return storage.ready()


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
    "storage": _storage,
}
