"""Connections to judged addresses, which keep what went over them.

The address that was judged is the one that is dialled: names are looked up here and nowhere else, and no other part of
the client sees one.
"""

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, BinaryIO

import certifi
import httpcore
import psutil

from annotations.fetching.addresses import refusal
from annotations.fetching.urls import Refused
from annotations.fetching.watch import Failed, Watch
from annotations.messages import gettext as _

Resolver = Callable[[str, int], list[str]]


@dataclass
class Traffic:
    """What went over one connection: whom it reached, the request, and into `response` the answer as it came."""

    response: BinaryIO
    address: str = ""
    certificate: bytes | None = None  # DER
    request: bytearray = field(default_factory=bytearray)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, by this machine's own resolver. OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def own() -> set[str]:
    """Every address of this machine: what listens there is not the web, however public the address."""
    families = (socket.AF_INET, socket.AF_INET6)
    found = [
        entry.address for entries in psutil.net_if_addrs().values() for entry in entries if entry.family in families
    ]
    return {address.partition("%")[0] for address in found}


class Backend(httpcore.NetworkBackend):
    """Looks a name up once, judges every address it has, and dials those."""

    def __init__(self, watch: Watch, traffic: Traffic, look_up: Resolver = resolve) -> None:
        self._watch, self._traffic, self._look_up = watch, traffic, look_up

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that answers. Refused (`address`) where one of them may not be dialled."""
        addresses = self._addresses(host, port)
        mine = own()
        for address in addresses:
            if why := refusal(address, self._watch.policy.allowed, mine):
                raise Refused("address", why)
        dialler = httpcore.SyncBackend()
        for address in addresses:
            try:
                stream = dialler.connect_tcp(address, port, timeout=self._watch.step())
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            self._traffic.address = address
            return Stream(stream, self._watch, self._traffic)
        raise Failed("connection", _("%(host)s does not answer on port %(port)s.", host=host, port=port))

    def _addresses(self, host: str, port: int) -> list[str]:
        # A resolver can take longer than there is time: it is asked beside, and left behind when the time is over.
        answer: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
        threading.Thread(target=lambda: answer.put(self._look_up_or_none(host, port)), daemon=True).start()
        while True:
            try:
                found = answer.get(timeout=self._watch.slice())
            except queue.Empty:
                continue
            if not found:
                raise Failed("name", _("No host of the name %(host)s is known.", host=host))
            return found

    def _look_up_or_none(self, host: str, port: int) -> list[str]:
        try:
            return self._look_up(host, port)
        except (OSError, UnicodeError):
            return []


class Stream(httpcore.NetworkStream):
    """A connection that stays under the limits and keeps what went over it; over TLS, what was inside."""

    def __init__(self, inner: httpcore.NetworkStream, watch: Watch, traffic: Traffic) -> None:
        self._inner, self._watch, self._traffic = inner, watch, traffic

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came next."""
        while True:
            try:
                piece = self._inner.read(max_bytes, timeout=self._watch.slice())
            except httpcore.ReadTimeout:
                continue
            self._watch.count(len(piece))
            self._traffic.response.write(piece)
            return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._traffic.request += buffer
        self._inner.write(buffer, timeout=self._watch.step())

    def close(self) -> None:
        """Hang up."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same under TLS. Failed (`tls`) for a certificate that does not fit, or a handshake that breaks off."""
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname, timeout=self._watch.step())
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise Failed("tls", _("No safe connection: %(why)s.", why=_reason(error))) from None
        channel = inner.get_extra_info("socket")
        self._traffic.certificate = channel.getpeercert(binary_form=True)
        return Stream(inner, self._watch, self._traffic)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._inner.get_extra_info(info)


@cache
def trust() -> ssl.SSLContext:
    """The certificates that are believed: this machine's, and Mozilla's."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _reason(error: Exception) -> str:
    cause = error.__cause__ or error.__context__ or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return cause.verify_message
    return str(getattr(cause, "reason", None) or cause or "the handshake broke off")
