"""Many people ask for the next article at the same moment: no article ever goes to more people than it needs.

They are threads with connections of their own to the running product, so that what is tried is what people use.
"""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
import psycopg
import pytest

from tests.product import Product
from workbench.local import postgres
from workbench.local.home import Home

HIRE = """
from annotations.accounts.services import create_token, create_user
from annotations.codebooks.services import start_project
from annotations.projects.services import add_member
boss = create_user("{boss}")
start_project(boss, slug="{slug}", name="{slug}", labels_per_claim=2, distribution="assigned")
print(create_token(boss)[1])
for number in range({people}):
    user = create_user(f"{slug}-{{number}}")
    add_member(boss, slug="{slug}", username=user.username, role="reviewer")
    print(create_token(user)[1])
"""
HOLDERS = """
SELECT a.article_id::text, count(*), count(DISTINCT a.reviewer_id) FROM annotations_assignment a
JOIN annotations_project p ON p.id = a.project_id WHERE p.slug = %s GROUP BY a.article_id
"""
LAPSE = "UPDATE annotations_assignment SET expires_at = now() - interval '1 minute' WHERE origin = 'taken'"


@dataclass(frozen=True)
class Size:
    """How many people ask at once, for how many articles that need two people each."""

    people: int
    articles: int
    name: str


_numbers = count()
SMALL, WHOLE = Size(24, 9, "small"), Size(200, 80, "whole")


@dataclass(frozen=True)
class Desk:
    """A project in which work is handed out, and the tokens of its reviewers."""

    product: Product
    slug: str
    articles: int
    tokens: list[str]

    @property
    def root(self) -> str:
        return f"{self.product.url}/api/v1/"

    def at_once(self, ask: Callable[[httpx.Client], Any], tokens: list[str]) -> list[Any]:
        """What each of these people gets who all ask from the same moment on."""
        start = threading.Barrier(len(tokens))

        def work(token: str) -> Any:
            headers = {"Authorization": f"Token {token}"}
            with httpx.Client(base_url=self.root, headers=headers, timeout=120) as client:
                start.wait()
                return ask(client)

        with ThreadPoolExecutor(len(tokens)) as pool:
            return list(pool.map(work, tokens))

    def next(self, client: httpx.Client) -> dict[str, Any] | None:
        """What one person gets as the next."""
        answer = client.post(f"projects/{self.slug}/queue/next/")
        assert answer.status_code in (200, 204), answer.text
        return answer.json() if answer.status_code == 200 else None

    def rows(self, sql: str, *values: Any) -> list[Any]:
        with psycopg.connect(postgres.url(Home(self.product.home)), autocommit=True) as connection:
            cursor = connection.execute(sql, values)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(params=[SMALL, pytest.param(WHOLE, marks=pytest.mark.soak)], ids=lambda size: size.name)
def desk(product: Product, request: pytest.FixtureRequest) -> Desk:
    size, slug = request.param, f"next-{next(_numbers)}"
    boss = f"boss-{slug}"
    hired = product.manage("shell", "-v0", "-c", HIRE.format(boss=boss, slug=slug, people=size.people))
    token, *tokens = hired.split()
    headers = {"Authorization": f"Token {token}"}
    with httpx.Client(base_url=f"{product.url}/api/v1/", headers=headers, timeout=60) as client:
        for number in range(size.articles):
            text = {"text": f"House {number} burned. Nobody was hurt.", "language": "en"}
            article = client.post(f"projects/{slug}/articles/", json=text).json()["id"]
            client.post(f"articles/{article}/open/").raise_for_status()
    return Desk(product, slug, size.articles, tokens)


def test_no_article_goes_to_more_people_than_needed(desk: Desk) -> None:
    # Everybody asks twice at the same moment: there are more people than places, and who gets one gets one.
    got = desk.at_once(desk.next, [token for token in desk.tokens for _tab in range(2)])
    tabs = list(zip(got[::2], got[1::2], strict=True))
    served = [(one["article"], other["article"]) for one, other in tabs if one and other]
    assert all(one == other for one, other in served)
    assert all((one is None) == (other is None) for one, other in tabs)
    assert Counter(one for one, _ in served) == dict.fromkeys({one for one, _ in served}, 2)
    assert len(served) == 2 * desk.articles
    assert {(people, different) for _, people, different in desk.rows(HOLDERS, desk.slug)} == {(2, 2)}


def test_lapsed_leases_are_free_and_no_place_is_doubled(desk: Desk) -> None:
    half = len(desk.tokens) // 2
    desk.at_once(desk.next, desk.tokens[:half])
    desk.rows(LAPSE)
    # Who comes back keeps what nobody else got meanwhile; who is new gets what lapsed.
    desk.at_once(desk.next, desk.tokens)
    rows = desk.rows(HOLDERS, desk.slug)
    assert len(rows) == desk.articles
    assert {(people, different) for _, people, different in rows} == {(2, 2)}


def test_who_asks_again_gets_the_same_until_it_is_handed_in(desk: Desk) -> None:
    def work(client: httpx.Client) -> list[str]:
        seen: list[str] = []
        while len(seen) < 2 and (taken := desk.next(client)):
            again = desk.next(client)
            assert again and again["article"] == taken["article"]
            for claim in taken["claims"]:
                assert client.put(f"claims/{claim}/label/", json={"label": "opinion"}).status_code == 200
            assert client.post(f"articles/{taken['article']}/hand-in/").status_code == 200
            seen.append(taken["article"])
        return seen

    done = desk.at_once(work, desk.tokens)
    assert all(len(set(seen)) == len(seen) for seen in done)
    assert Counter(article for seen in done for article in seen) == dict.fromkeys({a for s in done for a in s}, 2)
