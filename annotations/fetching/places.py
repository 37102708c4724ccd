"""When two addresses are one place: what trackers, browsers and habits add to an address is taken off. Pure."""

import re
from urllib.parse import urlsplit

WEB = ("http", "https", "")
TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|mc_cid|mc_eid|igsh|igshid|ref_src|ref_url"
    r"|_hsenc|_hsmi|mkt_tok",
    re.IGNORECASE,
)
DEFAULT_PORT = re.compile(r":(80|443)?$")


def place(address: str) -> str:
    """A key that is the same for addresses that lead to one place; it is for comparing, not for following.

    Scheme http or https, `www.`, the case of the host, a default port, slashes at the end, the fragment and tracking
    parameters make no difference; the order and case of everything else does. What is no address stands for itself.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    if not parts.netloc:
        return address
    scheme = "" if parts.scheme in WEB else f"{parts.scheme}:"
    kept = "&".join(piece for piece in parts.query.split("&") if piece and not _tracks(piece))
    return f"{scheme}//{_site(parts.netloc)}{parts.path.rstrip('/')}{'?' if kept else ''}{kept}"


def host(address: str) -> str:
    """The part of an address that every other of its place has as well, in lower case: its site."""
    return place(address).partition("//")[2].partition("/")[0].partition("?")[0]


def _site(netloc: str) -> str:
    user, at, name = netloc.rpartition("@")
    name = DEFAULT_PORT.sub("", name).lower()
    while name.startswith("www.") and "." in name[4:]:
        name = name.removeprefix("www.")
    return f"{user}{at}{name}"


def _tracks(piece: str) -> bool:
    return TRACKING.fullmatch(piece.partition("=")[0]) is not None
