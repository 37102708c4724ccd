"""The application that uvicorn serves: event streams as coroutines, everything else on a pool of threads.

Django's own ASGI handler starts a thread for each request; kept threads serve the same pages and endpoints at twice the
rate (docs/decisions/0003-serving.md). Streams stay coroutines, so that hundreds of them cost no thread.
"""

import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

if settings.SECRET_KEY == settings.KNOWN_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to 50 random characters of your own: sessions and links rest on it.")

THREADS = 8
_streams = get_asgi_application()
# The two libraries spell the same WSGI types differently.
_pages = WSGIMiddleware(cast(Any, get_wsgi_application()), workers=THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one connection of either kind."""
    serve: Any = _streams if _asks_for_stream(scope) else _pages
    await serve(scope, receive, send)


def _asks_for_stream(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/event-stream" in value for name, value in scope.get("headers", ()))
