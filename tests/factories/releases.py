"""Work that is ready to be released, and releases of it, made through the services and the job alone."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
from django.conf import settings as django_settings
from django.db import connection

from annotations.claims.models import Claim
from annotations.jobs.models import Job
from annotations.releases import tasks
from annotations.releases.formats.catalogue import ACCOUNTS, FORMS
from annotations.releases.models import Release
from annotations.releases.queries import RELEASABLE
from annotations.releases.services import request_release
from annotations.verification.services import approve_verdict
from tests.factories.claims import (
    ARABIC,
    OPINION,
    QUESTION,
    QUOTE,
    Desk,
    closed,
    decided,
    disputed,
    evidence,
    fact,
    fresh,
    hand_in_all,
    label,
    opened,
    proposal,
    said,
    verified,
)
from tests.factories.stored import path_of

# Every file of a release, in the order of their names.
NAMES = sorted(["claims.jsonl", "manifest.json", *(made.name for made in (*FORMS, *ACCOUNTS))])
EVERY_STATUS = {"status": list(RELEASABLE)}
# Marks that NFC leaves apart from their letters, and an emoji of four code points.
MARKED = "Owners on the q\u0303 \u0643\u064e\u062a\u064e\u0628\u064e quay 👩🏽\u200d🚒 lost 3 of 4 houses."
FORMULA = "=HYPERLINK(1) was typed by nobody."


DYING = """
import os, signal, sys
import django
django.setup()
function, nth, work = sys.argv[1], int(sys.argv[2]), sys.argv[3]
calls = 0
def watch(frame, event, argument):
    global calls
    if event == "call" and function in (frame.f_code.co_name, "any") and "annotations" in frame.f_code.co_filename:
        calls += 1
        if calls == nth:
            os.kill(os.getpid(), signal.SIGKILL)
sys.setprofile(watch)
exec(work)
sys.setprofile(None)
print(calls)
"""


def attributed(at: Desk, quote: str = QUOTE) -> Claim:
    """An attributed statement of a fact, both of whose aspects were approved."""
    attribution = {"source_name": "@Réna Orlu", "source_role": "-mayor", "mode": "direct"}
    content = said("attributed_statement", content_kind="fact", attribution=attribution, rule="A1", flags=["compound"])
    claim = closed(at, quote, ben=content, cleo=content)
    evidence(at, claim, by="cleo", aspect="attribution", quote="bound to happen", title="Minutes", url="")
    evidence(at, claim, by="cleo", aspect="content", stance="refutes", url="https://records.example/minutes")
    for aspect, verdict in (("attribution", "accurate"), ("content", "refuted")):
        approve_verdict(
            at.dora,
            verdict_id=proposal(at, claim, aspect, verdict, by="cleo", as_of=date(2026, 10, 30), explanation="+1").pk,
        )
    return fresh(claim)


def shelf(at: Desk) -> dict[str, Claim]:
    """Claims at many steps of their way, in articles of their own; the last three must never be released."""
    two = opened(at, MARKED, FORMULA)
    for claim in two:
        label(at, claim, ben=said("verifiable_fact", rationale="=1+1", confidence=4), cleo="verifiable_fact")
    hand_in_all(at, two[0], "ben", "cleo")
    proposed = fact(at, ARABIC)
    evidence(at, proposed)
    proposal(at, proposed, explanation="Not approved yet.")
    open_claim = opened(at, "Still open, nobody may know 🤫.")[0]
    label(at, open_claim, ben=said("opinion", rationale="secret rationale"))
    return {
        "marked": verified(at, fresh(two[0])),
        "formula": verified(at, fresh(two[1])),
        "attributed": attributed(at),
        "decided": decided(at, disputed(at)),
        "proposed": fresh(proposed),
        "opinion": closed(at, OPINION, ben="opinion", cleo="opinion"),
        "question": closed(at, QUESTION, ben="not_a_claim", cleo="not_a_claim"),
        "open": open_claim,
    }


def requested(at: Desk, **more: Any) -> tuple[Release, Job]:
    """A release that was asked for, by default of everything that can be released."""
    details = {"title": "Kalda bridge", "license": "CC-BY-4.0", "filter": EVERY_STATUS, **more}
    return request_release(at.ann, slug=at.project.slug, **details)


def published(at: Desk, **more: Any) -> Release:
    """A release that was asked for and built."""
    release, job = requested(at, **more)
    tasks.build(str(job.pk))
    job.refresh_from_db()
    assert job.state == Job.State.SUCCEEDED, job.errors
    return Release.objects.select_related("project", "parent").get(pk=release.pk)


def contents(release: Release) -> dict[str, bytes]:
    """The bytes of every file of a published release."""
    return {file.name: path_of(file.sha256).read_bytes() for file in release.files.all()}


def records(release: Release, kind: str) -> list[dict[str, Any]]:
    """The records of one type in the native form."""
    lines = contents(release)["claims.jsonl"].splitlines(keepends=True)
    return [record for record in map(orjson.loads, lines) if record["type"] == kind]


def surroundings(**settings: str) -> dict[str, str]:
    """The environment of a process of its own that works on the tests' database and store."""
    database = connection.settings_dict
    query = urlencode({"host": database["HOST"], "port": database["PORT"], "user": database["USER"]})
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql:///{database['NAME']}?{query}",
        "STORAGE_URL": Path(django_settings.STORAGE_ROOT).as_uri(),
        "DJANGO_SETTINGS_MODULE": "workbench.settings",
        **settings,
    }


def killed_at(function: str, nth: int, work: str) -> bool:
    """Run `work` (Python) in a process that kills itself (kill -9) at the n-th call of a function (`any`: of all of the
    product's); whether it did."""
    return _run(function, nth, work).returncode == -signal.SIGKILL


def calls_in(work: str) -> int:
    """How many calls of functions of the product `work` makes."""
    return int(_run("any", 0, work).stdout.split()[-1])


def _run(function: str, nth: int, work: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", DYING, function, str(nth), work]
    return subprocess.run(command, env=surroundings(), timeout=120, check=False, stdout=subprocess.PIPE, text=True)
