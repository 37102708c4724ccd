"""Timestamp tokens (RFC 3161) over the SHA-256 of a WARC file.

What is kept is the authority's whole answer, which `openssl ts -verify -data FILE -in TOKEN -CAfile ROOTS` reads.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerifierBuilder,
    decode_timestamp_response,
)

QUERY = "application/timestamp-query"
REPLY = "application/timestamp-reply"


class NoToken(ValueError):
    """An answer that proves nothing, and why, in English."""


def roots(file: str) -> Sequence[Certificate]:
    """The certificates that tokens have to lead to. OSError or ValueError where the file has none."""
    return load_pem_x509_certificates(Path(file).read_bytes())


def question(content: bytes) -> tuple[bytes, int]:
    """The request for a token over these bytes, and the number that the answer has to bring back."""
    request = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).nonce().build()
    return request.as_bytes(), request.nonce or 0


def attested_at(answer: bytes, digest: bytes, trusted: Sequence[Certificate], nonce: int | None = None) -> datetime:
    """The time at which the authority saw what has this SHA-256. NoToken where the answer does not prove it."""
    try:
        found = decode_timestamp_response(answer)
        if PKIStatus(found.status) != PKIStatus.GRANTED:
            raise NoToken(" ".join(found.status_string) or PKIStatus(found.status).name)
        return _verified(found, digest, trusted, nonce)
    except NoToken:
        raise
    except Exception as error:  # whatever the reader makes of an odd answer
        raise NoToken(str(error) or type(error).__name__) from None


def _verified(found: TimeStampResponse, digest: bytes, trusted: Sequence[Certificate], nonce: int | None) -> datetime:
    builder = VerifierBuilder() if nonce is None else VerifierBuilder().nonce(nonce)
    for root in trusted:
        builder = builder.add_root_certificate(root)
    builder.build().verify(found, digest)
    return found.tst_info.gen_time.astimezone(UTC)
