"""Others who vouch: a timestamp authority of the tests' own, and an archive that speaks as Save Page Now 2 does."""

import subprocess
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs

import orjson

from tests.factories.web import Web, reply

SETUP = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[extensions]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
"""


class Authority:
    """Answers at `/tsa`, with openssl; `root` is the certificate that its tokens lead to."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.root = folder, folder / "root.pem"
        (folder / "setup").write_text(SETUP.format(folder=folder))
        (folder / "serial").write_text("01")
        key = ["-newkey", "rsa:2048", "-nodes", "-sha256", "-days", "30"]
        self._openssl("req", "-x509", *key, "-subj", "/CN=root", "-keyout", "root.key", "-out", "root.pem")
        self._openssl("req", *key[:3], "-subj", "/CN=tsa", "-keyout", "tsa.key", "-out", "tsa.csr")
        signing = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "30"]
        extensions = ["-extfile", "setup", "-extensions", "extensions"]
        self._openssl("x509", "-req", "-in", "tsa.csr", *signing, *extensions, "-out", "tsa.pem")

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """A token over what was asked."""
        (self.folder / "query").write_bytes(request.rfile.read(int(request.headers["Content-Length"])))
        self._openssl("ts", "-reply", "-config", "setup", "-queryfile", "query", "-out", "reply")
        reply((self.folder / "reply").read_bytes(), kind="application/timestamp-reply")(request)

    def verify(self, token: bytes, content: bytes) -> str:
        """What openssl says of a token over this content."""
        (self.folder / "token").write_bytes(token)
        (self.folder / "content").write_bytes(content)
        return self._openssl("ts", "-verify", "-data", "content", "-in", "token", "-CAfile", "root.pem")

    def _openssl(self, *arguments: str) -> str:
        run = subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True, text=True, check=True)
        return run.stdout + run.stderr


@dataclass
class Archive:
    """Takes pages at `/save`; `standing` is what it says of them, `asked` what it was asked, with which key."""

    web: Web
    standing: dict[str, object] = field(default_factory=lambda: {"status": "pending"})
    asked: list[tuple[str, str]] = field(default_factory=list)

    def open(self) -> None:
        """Answer from now on."""
        self.web.pages["/save"] = self._save
        self.web.pages["/save/status/spn2-1"] = self._status

    def _save(self, request: BaseHTTPRequestHandler) -> None:
        form = parse_qs(request.rfile.read(int(request.headers["Content-Length"])).decode())
        self.asked.append((form["url"][0], request.headers["Authorization"]))
        reply(orjson.dumps({"url": form["url"][0], "job_id": "spn2-1"}), kind="application/json")(request)

    def _status(self, request: BaseHTTPRequestHandler) -> None:
        reply(orjson.dumps({"job_id": "spn2-1", **self.standing}), kind="application/json")(request)
