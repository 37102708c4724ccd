"""Nothing inside is ever reached: hostile addresses, redirects and names, in a network namespace with canaries."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.fetching.hostile import HOSTILE, REDIRECTS

ROOT = Path(__file__).resolve().parents[2]


@cache
def outcome() -> dict[str, Any]:
    """What `inside` told, from namespaces of its own."""
    own = [] if os.geteuid() == 0 else ["--map-root-user"]
    command = ["unshare", *own, "--net", "--mount", sys.executable, "-m", "tests.fetching.inside"]
    environment = {**os.environ, "HTTP_PROXY": "http://127.0.0.1:8080", "http_proxy": "http://127.0.0.1:8080"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, f"Namespaces are needed for this test.\n{done.stdout}\n{done.stderr}"
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_there_are_enough_of_them() -> None:
    assert len(HOSTILE) >= 120 and len({url for url, _code in HOSTILE}) == len(HOSTILE)
    assert len(REDIRECTS) >= 12


def test_no_canary_is_reached() -> None:
    assert outcome()["reached"] == []


def test_the_public_web_is_fetched_by_the_address_that_was_judged() -> None:
    public = outcome()["public"]
    assert public["public.test"] == {
        "code": "fetched",
        "address": "93.184.216.34",
        "body": "A public page.",
        "status": 200,
    }
    assert public["six-public.test"]["address"] == "2606:2800:220:1::1"


@pytest.mark.parametrize("place", range(len(HOSTILE)))
def test_every_hostile_address_is_refused_with_its_reason(place: int) -> None:
    found, (url, code) = outcome()["hostile"][place], HOSTILE[place]
    assert found["code"] == code, (url, found)
    assert found["told"].strip()


@pytest.mark.parametrize("path", REDIRECTS)
def test_every_redirect_is_judged_again(path: str) -> None:
    found = outcome()["redirects"][path]
    assert found["code"] == REDIRECTS[path][2], found
    assert found["told"].strip()


def test_a_name_that_changes_its_mind_is_dialled_where_it_was_judged() -> None:
    codes = [found["code"] for found in outcome()["rebinding"]]
    assert codes == ["fetched", "address", "address", "address"]
    assert outcome()["rebinding"][0]["address"] == "93.184.216.34"


def test_robots_that_lead_inside_are_refused_as_well() -> None:
    assert outcome()["robots"]["code"] == "address"
