"""Runs in network and mount namespaces of its own: canaries inside, a public web, a resolver that lies.

Prints one JSON document: how each fetch ended, which canaries were reached, what the public web was asked.
"""

import json
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotations.fetching.client import fetch
from annotations.fetching.policy import Policy
from annotations.fetching.urls import Refused
from annotations.fetching.watch import Failed
from tests.fetching.hostile import CANARY_PORTS, HOSTILE, REDIRECTS
from tests.fetching.public import CABLE, PUBLIC, PUBLIC_6

# This machine's own addresses in the public networks: what listens there is inside as well.
OWN, OWN_6 = "93.184.216.1", "2606:2800:220:1::2"
CANARIES = ("127.0.0.1", "::1", "10.0.0.5", "169.254.169.254", OWN, OWN_6)
ODD_PORTS = (22, 5432, 6379)
NAMES: dict[str, list[str]] = {
    "public.test": [PUBLIC],
    "six-public.test": [PUBLIC_6],
    "canary.test": ["127.0.0.1"],
    "inside.test": ["10.0.0.5"],
    "metadata.test": ["169.254.169.254"],
    "both.test": [PUBLIC, "127.0.0.1"],
    "six.test": ["::1"],
    "mapped.test": ["::ffff:127.0.0.1"],
    "nat.test": ["64:ff9b::a00:5"],
    "linked.test": ["fe80::1"],
    "own.test": [OWN],
    "six-own.test": [OWN_6],
}
reached: list[str] = []
looked_up: list[str] = []


def main() -> None:
    """Make the place, fetch everything, tell."""
    for command in (
        "ip link set lo up",
        *(f"ip addr add {each}/32 dev lo" for each in ("10.0.0.5", "169.254.169.254")),
        f"ip link add near type veth peer name {CABLE}",
        f"ip addr add {OWN}/24 dev near",
        f"ip -6 addr add {OWN_6}/64 dev near nodad",
        "ip link set near up",
    ):
        subprocess.run(command.split(), check=True)
    web = begin_public_web()
    resolving = Path(tempfile.mkdtemp()) / "resolv.conf"
    resolving.write_text("nameserver 127.0.0.53\noptions attempts:1 timeout:2\n")
    subprocess.run(["mount", "--bind", resolving, Path("/etc/resolv.conf").resolve()], check=True)
    threading.Thread(target=lie, daemon=True).start()
    for address in CANARIES:
        for port in (*CANARY_PORTS, *ODD_PORTS):
            threading.Thread(target=canary, args=(listener(address, port),), daemon=True).start()
    policy = Policy("test/1", seconds=10, robots=False)
    good = {name: ended(f"http://{name}/page", policy) for name in ("public.test", "six-public.test")}
    print(json.dumps({
        "public": good,
        "hostile": [ended(url, policy) for url, _code in HOSTILE],
        "redirects": {path: ended(f"http://public.test{path}", policy) for path in REDIRECTS},
        "rebinding": [ended("http://rebind.test/", policy) for _ in range(4)],
        "robots": ended("http://public.test/page", replace(policy, robots=True)),
        "reached": reached,
        "looked_up": len(looked_up),
    }))  # fmt: skip
    web.communicate("\n")


def begin_public_web() -> subprocess.Popen[str]:
    """A process in a namespace of its own, at the other end of the cable."""
    command = ["unshare", "--net", sys.executable, "-m", "tests.fetching.public"]
    web = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert web.stdin and web.stdout
    assert web.stdout.readline() == "here\n"
    subprocess.run(["ip", "link", "set", CABLE, "netns", str(web.pid)], check=True)
    web.stdin.write("\n")
    web.stdin.flush()
    assert web.stdout.readline() == "serving\n"
    return web


def ended(url: str, policy: Policy) -> dict[str, Any]:
    """How the fetch of an address ended."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            last = fetch(url, Path(folder), policy, trail=[])
        except (Refused, Failed) as error:
            return {"code": error.code, "told": str(error)}
        return {"code": "fetched", "address": last.address, "body": last.body.read_text(), "status": last.status}


def listener(address: str, port: int) -> socket.socket:
    """A socket that listens there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    found = socket.socket(family)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        found.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    found.bind((address, port))
    found.listen(50)
    return found


def canary(listening: socket.socket) -> None:
    """Tell of everybody who comes."""
    while True:
        connection, _peer = listening.accept()
        reached.append(str(listening.getsockname()))
        connection.close()


def lie() -> None:
    """Answer every question of names: `rebind.test` is public when first asked, and inside from then on."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("127.0.0.53", 53))
        while True:
            question, peer = udp.recvfrom(4096)
            udp.sendto(answer(question), peer)


def answer(question: bytes) -> bytes:
    """A DNS answer (RFC 1035) with a lifetime of nothing."""
    labels, place = [], 12
    while question[place]:
        labels.append(question[place + 1 : place + 1 + question[place]].decode().lower())
        place += question[place] + 1
    name, kind = ".".join(labels), struct.unpack("!H", question[place + 1 : place + 3])[0]
    wanted = socket.AF_INET6 if kind == 28 else socket.AF_INET
    records = [each for each in addresses(name, kind) if (":" in each) == (wanted == socket.AF_INET6)]
    body = b"".join(
        b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 0, len(data := socket.inet_pton(wanted, each))) + data
        for each in records
    )
    known = name in NAMES or name.startswith("reb")
    head = question[:2] + struct.pack("!HHHHH", 0x8580 if known else 0x8583, 1, len(records), 0, 0)
    return head + question[12 : place + 5] + body


def addresses(name: str, kind: int) -> list[str]:
    """What a name leads to now."""
    if not name.startswith("reb"):
        return NAMES.get(name, [])
    if kind == 28:
        return []
    looked_up.append(name)
    # The one that a redirect leads to was public when it was looked up before.
    first = looked_up.count(name) == 1 and name == "rebind.test"
    return [PUBLIC] if first else ["127.0.0.1"]


if __name__ == "__main__":
    main()
    sys.stdout.flush()
