"""A small web on this machine for tests of fetching: pages, answers of any kind, what was asked."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


def page(text: str, *, title: str = "", status: int = 200, kind: str = "text/html; charset=utf-8") -> Answer:
    """An answer with an article of these paragraphs."""
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    body = (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )
    return reply(body.encode() if "html" in kind else text.encode(), status=status, kind=kind)


def reply(body: bytes, *, status: int = 200, kind: str = "text/html", **headers: str) -> Answer:
    """An answer of these bytes."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


@dataclass
class Web:
    """The server: `pages` by path, `asked` in order, `url(path)`."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving() -> Iterator[Web]:
    """A web for as long as the block runs; what it does not have is 404."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            web.asked.append(self.path)
            web.pages.get(self.path, reply(b"gone", status=404))(self)

        do_POST = do_GET  # noqa: N815  # the base class asks for this name

        def log_message(self, *_: Any) -> None:
            pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True
        request_queue_size = 300

    with Server(("127.0.0.1", 0), Handler) as server:
        web = Web(server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield web
        server.shutdown()
