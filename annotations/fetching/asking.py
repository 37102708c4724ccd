"""One request and its answer, as they went over the wire."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import httpcore

from annotations.fetching.urls import Target
from annotations.fetching.watch import Failed, Watch
from annotations.fetching.wire import Backend, Resolver, Traffic, resolve, trust
from annotations.messages import gettext as _


@dataclass(frozen=True)
class Sending:
    """What a request is and brings, and headers that it has instead of, or beside, those that every one has."""

    method: str = "GET"
    content: bytes = b""
    headers: tuple[tuple[str, str], ...] = (
        ("Accept", "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8"),
    )


PAGE = Sending()


@dataclass
class Hop:
    """One request and its answer. `response` holds the answer's bytes as received, `body` what it brought."""

    url: str
    response: Path
    body: Path
    started_at: datetime
    request: bytes = b""
    address: str = ""
    certificate: bytes | None = None  # DER
    status: int = 0
    headers: list[tuple[str, str]] = field(default_factory=list)

    def header(self, name: str) -> str:
        """The first header of this name (lower case), or nothing."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def ask(target: Target, hop: Hop, watch: Watch, look_up: Resolver = resolve, sending: Sending = PAGE) -> None:
    """Ask once, and fill in the hop, as far as it came."""
    with hop.response.open("wb") as received, hop.body.open("wb") as body:
        traffic = Traffic(received)
        origin = httpcore.Origin(target.scheme.encode(), target.host.encode(), target.port)
        backend = Backend(watch, traffic, look_up)
        try:
            with httpcore.HTTPConnection(
                origin, ssl_context=trust(), http2=False, network_backend=backend
            ) as connection:
                _converse(connection, (target, sending), hop, watch, body)
        except (httpcore.ProtocolError, httpcore.NetworkError, httpcore.TimeoutException) as error:
            why = str(error) or type(error).__name__
            raise Failed("protocol", _("The connection broke off: %(why)s.", why=why)) from None
        finally:
            hop.request, hop.address, hop.certificate = bytes(traffic.request), traffic.address, traffic.certificate


def _converse(
    connection: httpcore.HTTPConnection, asked: tuple[Target, Sending], hop: Hop, watch: Watch, body: BinaryIO
) -> None:
    target, sending = asked
    headers: list[tuple[str | bytes, str | bytes]] = [
        ("Host", target.origin.partition("//")[2]),
        ("User-Agent", watch.policy.user_agent),
        *sending.headers,
        ("Accept-Encoding", "identity"),
        ("Connection", "close"),
    ]
    if sending.content:
        headers.append(("Content-Length", str(len(sending.content))))
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    with connection.stream(sending.method, url, headers=headers, content=sending.content or None) as response:
        hop.status = response.status
        hop.headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers]
        for piece in response.iter_stream():
            watch.step()
            body.write(piece)
