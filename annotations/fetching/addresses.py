"""Which addresses may be dialled. Pure: an address in, a reason out; nothing is looked up or opened.

After the special-purpose registries of IANA (RFC 6890 and its updates). `ipaddress` alone is not enough: its
`is_global` lets multicast, 192.88.99.0/24, 6to4 and translated forms through.
"""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from annotations.messages import Message, gettext_noop
from annotations.messages import gettext as _

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_DENIED_4 = {
    "0.0.0.0/8": gettext_noop("this network"),
    "10.0.0.0/8": gettext_noop("a private network"),
    "100.64.0.0/10": gettext_noop("a carrier's own network"),
    "127.0.0.0/8": gettext_noop("this machine"),
    "168.63.129.16/32": gettext_noop("a cloud's own service"),  # Azure's platform, for each machine in it
    "169.254.0.0/16": gettext_noop("a link-local address"),
    "172.16.0.0/12": gettext_noop("a private network"),
    "192.0.0.0/24": gettext_noop("a protocol assignment"),
    "192.0.2.0/24": gettext_noop("a network for documentation"),
    "192.88.99.0/24": gettext_noop("a 6to4 relay"),
    "192.168.0.0/16": gettext_noop("a private network"),
    "198.18.0.0/15": gettext_noop("a network for benchmarks"),
    "198.51.100.0/24": gettext_noop("a network for documentation"),
    "203.0.113.0/24": gettext_noop("a network for documentation"),
    "224.0.0.0/4": gettext_noop("a multicast address"),
    "240.0.0.0/4": gettext_noop("a reserved address"),
}
_DENIED_6 = {
    "::/128": gettext_noop("this network"),
    "::1/128": gettext_noop("this machine"),
    "::/96": gettext_noop("an IPv4-compatible address"),
    "64:ff9b:1::/48": gettext_noop("a local translation address"),
    "100::/64": gettext_noop("an address that discards"),
    "2001::/32": gettext_noop("a Teredo address"),
    "2001::/23": gettext_noop("a protocol assignment"),
    "2001:db8::/32": gettext_noop("a network for documentation"),
    "2002::/16": gettext_noop("a 6to4 address"),
    "3fff::/20": gettext_noop("a network for documentation"),
    "fc00::/7": gettext_noop("a private network"),
    "fe80::/10": gettext_noop("a link-local address"),
    "fec0::/10": gettext_noop("a private network"),
    "ff00::/8": gettext_noop("a multicast address"),
}
_DENIED: list[tuple[Network, str]] = [(ip_network(net), why) for net, why in (_DENIED_4 | _DENIED_6).items()]
_GLOBAL_6 = IPv6Network("2000::/3")
# Forms that carry an IPv4 address which is the one that is reached (RFC 4291 2.5.5.2, RFC 6052 2.1).
_CARRIERS = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))


def refusal(address: str, allowed: Collection[Network] = (), own: Collection[str] = ()) -> Message | None:
    """Why this address may not be dialled, in one sentence; None where it may.

    `allowed` networks may be, whatever they are; `own` addresses of this machine may not, however public. What is no
    address is refused.
    """
    try:
        reached = _reached(ip_address(address))
    except ValueError:
        return _("%(address)s is no address.", address=address)
    if any(reached in network for network in allowed if network.version == reached.version):
        return None
    if str(reached) in own:
        return _("%(address)s is not fetched: it is %(what)s.", address=address, what=_("this machine"))
    why = next((why for network, why in _DENIED if reached.version == network.version and reached in network), None)
    if why is None and isinstance(reached, IPv6Address) and reached not in _GLOBAL_6:
        why = gettext_noop("outside the public networks")
    if why is None:
        return None
    return _("%(address)s is not fetched: it is %(what)s.", address=address, what=Message(why, {}))


def networks(names: Collection[str]) -> tuple[Network, ...]:
    """The networks of these names, such as 10.1.0.0/16. ValueError for what is none."""
    return tuple(ip_network(name) for name in names)


def _reached(address: Address) -> Address:
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            raise ValueError("an address of one interface")
        if any(address in carrier for carrier in _CARRIERS):
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address
