"""What may be asked for: an address of the web taken apart, or refused with its reason. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import quote, urljoin, urlsplit

import idna

from annotations.messages import Refusal
from annotations.messages import gettext as _

PORTS = {"http": 80, "https": 443}
LONGEST = 2000

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LABELS = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")
_FOUR_NUMBERS = re.compile(r"(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}")
_NUMBER = re.compile(r"([0-9]+|0x[0-9a-f]*)\.?")
_KEPT = "%/:?#[]@!$&'()*+,;=~-._"


class Refused(Refusal):
    """What is not fetched, and why; nothing was dialled for it."""


@dataclass(frozen=True)
class Target:
    """Where to ask: scheme, host as it is looked up, port, and the target of the request line."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as they begin an address."""
        port = "" if PORTS[self.scheme] == self.port else f":{self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{port}"

    @property
    def url(self) -> str:
        """The address that is asked for."""
        return self.origin + self.path


def parse(url: str, ports: Collection[int]) -> Target:
    """The target of an address; Refused (`length`, `characters`, `scheme`, `userinfo`, `host`, `port`) for others."""
    if len(url) > LONGEST:
        raise Refused("length", _("An address has at most %(n)s characters.", n=LONGEST))
    if _UNSAFE.search(url):
        raise Refused("characters", _("The address has a space, a line break, a backslash or an invisible character."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused("host", _("This is no address: %(url)s", url=url)) from None
    if parts.scheme not in PORTS:
        raise Refused("scheme", _("Only http and https are fetched, not “%(scheme)s”.", scheme=parts.scheme))
    if "@" in parts.netloc:
        raise Refused("userinfo", _("An address with a user name or password in it is not fetched."))
    if parts.netloc.endswith(":") or port == 0:
        raise Refused("port", _("The address names no port after its colon."))
    host = (_bracketed if "[" in parts.netloc else _host)(parts.hostname or "")
    port = port or PORTS[parts.scheme]
    if port not in ports:
        listed = ", ".join(str(each) for each in sorted(ports))
        raise Refused("port", _("Port %(port)s is not fetched from; allowed are %(ports)s.", port=port, ports=listed))
    path = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return Target(parts.scheme, host, port, path)


def redirected(target: Target, location: str) -> str:
    """The address a redirect leads to, seen from where it was given.

    `location` is the header, a character for each byte. It should be ASCII; what is UTF-8 is read so, as browsers do.
    """
    try:
        return urljoin(target.url, location.encode("latin-1").decode())
    except ValueError:
        raise Refused("host", _("This is no address: %(url)s", url=location)) from None


def _bracketed(host: str) -> str:
    try:
        if "%" in host:
            raise ValueError("an address of one interface")
        return str(IPv6Address(host))
    except ValueError:
        raise Refused("host", _("“%(host)s” is no IPv6 address.", host=host)) from None


def _host(host: str) -> str:
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except (idna.IDNAError, UnicodeError):
            raise Refused("host", _("“%(host)s” is no name of a host.", host=host)) from None
    host = host.lower()
    if len(host) > 254 or not _LABELS.fullmatch(host):
        raise Refused("host", _("“%(host)s” is no name of a host.", host=host))
    # What ends in a number is an IPv4 address to resolvers, in whatever way it is written.
    if _NUMBER.fullmatch(host.removesuffix(".").rpartition(".")[2]) and not _FOUR_NUMBERS.fullmatch(host):
        raise Refused("host", _("“%(host)s” is a number and no plain IPv4 address.", host=host))
    return host
