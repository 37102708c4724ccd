"""The public web, in a network namespace of its own at the other end of a cable; told to begin by a line."""

import socket
import socketserver
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.fetching.hostile import REDIRECTS

PUBLIC, PUBLIC_6 = "93.184.216.34", "2606:2800:220:1::1"
CABLE = "far"


def main() -> None:
    """Wait for the cable, take the addresses, serve until nobody listens."""
    tell("here")
    sys.stdin.readline()
    for command in (
        f"ip addr add {PUBLIC}/24 dev {CABLE}",
        f"ip -6 addr add {PUBLIC_6}/64 dev {CABLE} nodad",
        f"ip link set {CABLE} up",
    ):
        subprocess.run(command.split(), check=True)
    for address in (PUBLIC, PUBLIC_6):
        server(address)
    tell("serving")
    sys.stdin.readline()


def tell(word: str) -> None:
    """One line to who started this."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def server(address: str) -> None:
    """A page, and what sends on."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1/robots.txt")
            elif self.path in REDIRECTS:
                status, location, _code = REDIRECTS[self.path]
                self.send_response(status)
                self.send_header("Location", location)
            else:
                self.send_response(200)
            self.end_headers()
            self.wfile.write(b"A public page.")

        def log_message(self, *_: Any) -> None:
            pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        allow_reuse_address = True

    threading.Thread(target=Server((address, 80), Handler).serve_forever, daemon=True).start()


if __name__ == "__main__":
    main()
