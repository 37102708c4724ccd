"""Three people with tokens take the real article from text to a verified release, on the real product over HTTP."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.product import Product, eventually

GOLDEN = Path(__file__).parents[1] / "golden" / "strikes-in-iraq.txt"
HARD = (
    "\ufeffZahra\u0301 said so.\r\n“👩\u200d👩\u200d👧 family 🇮🇶 came,” he noted.\r\n"
    "قال الوزير إن المدينة آمنة.\rNaïve cafe\u0301s closed."
)
Call = Callable[..., Any]


@pytest.fixture
def call(product: Product) -> Call:
    """`call(who, method, path, json, expect=status)`: the parsed answer; people are made when first named."""
    people: dict[str, httpx.Client] = {}

    def ask(who: str, method: str, path: str, body: Any = None, *, expect: int = 200) -> Any:
        if who not in people:
            product.try_manage("create_user", who)
            token = product.manage("create_token", who).split()[-1]
            people[who] = httpx.Client(
                base_url=f"{product.url}/api/v1/", headers={"Authorization": f"Token {token}"}, timeout=30
            )
        answer = people[who].request(method, path, json=body)
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.content if "/files/" in path else answer.json()

    return ask


def test_from_text_to_a_verified_release(product: Product, call: Call, tmp_path: Path) -> None:
    begin(call, "http-iraq")
    claims = opened(call, "http-iraq", GOLDEN.read_text(encoding="utf-8"))
    assert len(claims) >= 12
    fact, attributed, disputed = claims[0]["id"], claims[1]["id"], claims[2]["id"]
    for place, claim in enumerate(claims):
        label = {"label": "verifiable_fact"} if place % 2 == 0 else {"label": "attributed_statement"}
        call("hben", "PUT", f"claims/{claim['id']}/label/", label)
        other = {"label": "opinion"} if claim["id"] == disputed else label
        call("hcleo", "PUT", f"claims/{claim['id']}/label/", other)
    article = claims[0]["article"]
    call("hben", "POST", f"articles/{article}/hand-in/", {})
    assert call("hben", "GET", f"claims/{disputed}/")["status"] == "labelling"
    call("hcleo", "POST", f"articles/{article}/hand-in/", {})
    assert call("hben", "GET", f"claims/{disputed}/")["status"] == "disputed"
    call("hben", "POST", f"claims/{disputed}/decision/", {"label": "opinion", "reason": "mine"}, expect=403)
    decision = {"label": "verifiable_fact", "reason": "An event that records could settle."}
    assert call("hann", "POST", f"claims/{disputed}/decision/", decision, expect=201)["status"] == "agreed"
    verified(call, fact, "content", "supported")
    verified(call, attributed, "attribution", "accurate")
    folder = released(product, call, "http-iraq", {"status": [], "label": [], "articles": []}, tmp_path)
    assert len(exact_claims(folder)) == 2
    for name in ("claims.jsonl", "claims.csv", "labels.csv", "manifest.json"):
        changed_byte_is_found(product, folder / name)


def test_every_span_is_exact_in_a_hard_text(product: Product, call: Call, tmp_path: Path) -> None:
    begin(call, "http-hard")
    claims = opened(call, "http-hard", HARD)
    article = call("hann", "GET", f"articles/{claims[0]['article']}/")
    assert "\r" not in article["text"]
    assert article["length"] == len(article["text"])
    for claim in claims:
        assert article["text"][claim["start"] : claim["end"]] == claim["exact"]
        for who in ("hben", "hcleo"):
            call(who, "PUT", f"claims/{claim['id']}/label/", {"label": "opinion"})
    for who in ("hben", "hcleo"):
        call(who, "POST", f"articles/{article['id']}/hand-in/", {})
    folder = released(product, call, "http-hard", {"status": ["closed"], "label": [], "articles": []}, tmp_path)
    assert [claim["anchors"][0]["exact"] for claim in exact_claims(folder)] == [claim["exact"] for claim in claims]


def begin(call: Call, slug: str) -> None:
    call("hben", "GET", "projects/")
    call("hcleo", "GET", "projects/")
    call("hann", "POST", "projects/", {"slug": slug, "name": slug}, expect=201)
    for name in ("hben", "hcleo"):
        call("hann", "POST", f"projects/{slug}/members/", {"username": name, "role": "reviewer"}, expect=201)


def opened(call: Call, slug: str, text: str) -> list[dict[str, Any]]:
    """The claims of a new, opened article."""
    added = call("hann", "POST", f"projects/{slug}/articles/", {"text": text}, expect=201)
    first = call("hann", "POST", f"projects/{slug}/articles/", {"text": text}, expect=409)
    assert first["first"] == added["id"]
    call("hann", "POST", f"articles/{added['id']}/open/")
    found: list[dict[str, Any]] = call("hben", "GET", f"articles/{added['id']}/claims/?limit=200")["results"]
    assert len(found) == added["claims"]
    return found


def verified(call: Call, claim: str, aspect: str, word: str) -> None:
    verdict = {"aspect": aspect, "verdict": word, "explanation": "It is printed there.", "as_of": "2026-01-31"}
    assert call("hben", "POST", f"claims/{claim}/verdicts/", verdict, expect=409)["missing"]
    evidence = {"url": "https://gazette.example/1", "aspect": aspect, "stance": "supports", "tier": "primary"}
    call("hben", "POST", f"claims/{claim}/evidence/", {**evidence, "quote": "word for word"}, expect=201)
    proposed = call("hben", "POST", f"claims/{claim}/verdicts/", verdict, expect=201)
    call("hben", "POST", f"verdicts/{proposed['id']}/approve/", expect=403)
    assert call("hann", "POST", f"verdicts/{proposed['id']}/approve/")["claim_status"] == "verified"


def released(product: Product, call: Call, slug: str, chosen: dict[str, list[str]], folder: Path) -> Path:
    """A release, built by the worker; its files as downloaded, which equal those exported."""
    wanted = {"title": "First set", "license": "CC-BY-4.0", "filter": chosen}
    job = call("hann", "POST", f"projects/{slug}/releases/", wanted, expect=202)["job"]
    assert eventually(lambda: call("hann", "GET", f"jobs/{job}/")["state"] == "succeeded")
    release = call("hann", "GET", f"releases/{call('hann', 'GET', f'jobs/{job}/')['result']['release']}/")
    target = folder / slug
    product.manage("export_release", slug, "--output", str(target))
    assert product.try_manage("verify_release", str(target)).returncode == 0
    for file in release["files"]:
        sent = call("hben", "GET", f"releases/{release['id']}/files/{file['name']}")
        assert sent == (target / file["name"]).read_bytes()
    return target


def exact_claims(folder: Path) -> list[dict[str, Any]]:
    """The claims of a release, each span of which equals its quote."""
    records = [json.loads(line) for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {record["id"]: record["text"] for record in records if record["type"] == "article"}
    claims = [record for record in records if record["type"] == "claim"]
    for claim in claims:
        for anchor in claim["anchors"]:
            assert texts[claim["article_id"]][anchor["start"] : anchor["end"]] == anchor["exact"]
    return claims


def changed_byte_is_found(product: Product, path: Path) -> None:
    """One changed byte fails the check; put back, it passes again."""
    good = path.read_bytes()
    middle = len(good) // 2
    path.write_bytes(good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1 :])
    assert product.try_manage("verify_release", str(path.parent)).returncode == 1
    path.write_bytes(good)
    assert product.try_manage("verify_release", str(path.parent)).returncode == 0
