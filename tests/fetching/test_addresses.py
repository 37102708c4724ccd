"""Which addresses may be dialled: every network that is none of the public web, at its edges and in all its forms."""

import socket
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.fetching.addresses import _DENIED_4, _DENIED_6, networks, refusal

GOOD = (
    *("1.1.1.1", "8.8.8.8", "93.184.216.34", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0"),
    *("126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0"),
    *("192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255"),
    *("2606:2800:220:1::1", "2001:4860:4860::8888", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2003::1"),
)


@pytest.fixture(autouse=True)
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is looked up or opened to judge an address."""

    def opened(*_: Any, **__: Any) -> None:
        raise AssertionError("A socket was opened.")

    monkeypatch.setattr(socket, "socket", opened)
    monkeypatch.setattr(socket, "getaddrinfo", opened)


@pytest.mark.parametrize("address", GOOD)
def test_the_public_web_may_be_dialled(address: str) -> None:
    assert refusal(address) is None


@pytest.mark.parametrize("name", [*_DENIED_4, *_DENIED_6])
def test_a_network_is_refused_from_its_first_to_its_last(name: str) -> None:
    network = ip_network(name)
    for address in (network[0], network[-1], network[network.num_addresses // 2]):
        assert refusal(str(address)), address


@given(st.sampled_from(list(_DENIED_4)).flatmap(lambda name: st.integers(*_ends(name))))
def test_an_ipv4_address_is_judged_alike_in_every_form(number: int) -> None:
    plain = IPv4Address(number)
    forms = (str(plain), f"::ffff:{plain}", str(ip_address((0x64FF9B << 96) | number)))
    assert all(refusal(form) for form in forms)


def _ends(name: str) -> tuple[int, int]:
    network = ip_network(name)
    return int(network[0]), int(network[-1])


@given(st.ip_addresses(v=6))
def test_nothing_but_the_global_networks_of_ipv6_may_be_dialled(address: Any) -> None:
    if refusal(str(address)) is None:
        assert address in ip_network("2000::/3") or address.ipv4_mapped or address in ip_network("64:ff9b::/96")


@pytest.mark.parametrize("odd", ["", "x", "1.2.3", "1.2.3.4.5", "fe80::1%eth0", "2606:2800:220:1::1%lo", "127.0.0.1 "])
def test_what_is_no_address_is_refused(odd: str) -> None:
    assert refusal(odd)


def test_networks_can_be_allowed_and_only_they_are() -> None:
    allowed = networks(["10.1.0.0/16", "fd00:1::/32"])
    for address in ("10.1.2.3", "::ffff:10.1.2.3", "fd00:1::5"):
        assert refusal(address, allowed) is None
    for address in ("10.2.0.1", "fd00:2::5", "127.0.0.1", "::1"):
        assert refusal(address, allowed)
