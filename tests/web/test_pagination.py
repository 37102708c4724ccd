"""Pages hold every row once, whichever way one walks and whatever is added meanwhile."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotations.accounts.models import ApiToken, User
from tests.web.clients import problem


@pytest.fixture
def rows(user: User) -> list[ApiToken]:
    """23 rows, many of them alike in what comes first in an ordering."""
    other = User.objects.create_user("zoe")
    made = [ApiToken(user=(user, other)[n % 2], name=f"name {n // 5}", sha256=f"row {n}") for n in range(23)]
    ApiToken.objects.bulk_create(made)
    early = timezone.now() - timedelta(days=1)
    ApiToken.objects.filter(sha256__startswith="row 1").update(created_at=early)
    return made


def walk(api: Client, link: str | None, direction: str = "next") -> Iterator[list[str]]:
    """The ids of each page from `link` on."""
    while link:
        answer = api.get(link)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        assert set(page) == {"next", "previous", "results"}
        yield [row["id"] for row in page["results"]]
        link = page[direction]


@pytest.mark.parametrize("limit", [1, 2, 5, 22, 23, 24, 200])
@pytest.mark.parametrize(
    ("path", "ordering"),
    [("/api/v1/tokens/", ["name", "id"]), ("/api/v1/newest/", ["-user__username", "created_at", "-id"])],
)
def test_every_row_once_in_order_both_ways(
    api: Client, rows: list[ApiToken], path: str, ordering: list[str], limit: int
) -> None:
    expected = [
        str(pk)
        for pk in ApiToken.objects.filter(sha256__startswith="row").order_by(*ordering).values_list("pk", flat=True)
    ]
    forward = list(walk(api, f"{path}?limit={limit}"))
    assert [pk for page in forward for pk in page] == expected
    assert [len(page) for page in forward[:-1]] == [limit] * (len(forward) - 1)
    last = f"{path}?limit={limit}"
    while following := api.get(last).json()["next"]:
        last = following
    backward = list(walk(api, last, "previous"))
    assert [pk for page in reversed(backward) for pk in page] == expected


def test_the_first_and_the_last_page_say_so(api: Client, rows: list[ApiToken]) -> None:
    first = api.get("/api/v1/tokens/?limit=12").json()
    last = api.get(first["next"]).json()
    assert (first["previous"], last["next"]) == (None, None)
    assert api.get(last["previous"]).json() == {**first, "next": first["next"]}


def test_rows_added_before_do_not_shift_pages(api: Client, rows: list[ApiToken], user: User) -> None:
    first = api.get("/api/v1/tokens/?limit=5").json()
    ApiToken.objects.create(user=user, name="a first one", sha256="row new")
    second = api.get(first["next"]).json()
    assert not {row["id"] for row in first["results"]} & {row["id"] for row in second["results"]}
    assert second["results"][0]["name"] == "name 1"


def test_links_keep_the_rest_of_the_query(api: Client, rows: list[ApiToken]) -> None:
    link = api.get("/api/v1/tokens/?limit=5&status=open&status=draft&q=a%20b").json()["next"]
    query = parse_qs(urlsplit(link).query)
    assert (query["limit"], query["status"], query["q"]) == (["5"], ["open", "draft"], ["a b"])
    assert link.startswith("http://testserver/api/v1/tokens/?")


def test_without_rows_there_is_one_empty_page(api: Client) -> None:
    assert api.get("/api/v1/tokens/").json() == {"next": None, "previous": None, "results": []}


def test_fifty_by_default(api: Client, user: User) -> None:
    ApiToken.objects.bulk_create([ApiToken(user=user, name="n", sha256=f"row {n}") for n in range(51)])
    assert len(api.get("/api/v1/tokens/").json()["results"]) == 50


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "", "1.5", "٣", "9" * 5000])
def test_a_bad_limit_is_400_and_named(api: Client, limit: int) -> None:
    assert "limit" in problem(api.get("/api/v1/tokens/", {"limit": limit}), 400)["errors"]


@pytest.mark.parametrize("cursor", ["x", "cD0yMDI2", "AAAAAAAAAAAAAAAAAAAAAAAA", "é", "=" * 3000])
def test_a_bad_cursor_is_400_and_named(api: Client, cursor: str) -> None:
    assert "cursor" in problem(api.get("/api/v1/tokens/", {"cursor": cursor}), 400)["errors"]


def test_a_cursor_of_another_ordering_is_refused(api: Client, rows: list[ApiToken]) -> None:
    link = api.get("/api/v1/newest/?limit=5").json()["next"]
    assert "cursor" in problem(api.get(link.replace("/newest/", "/tokens/")), 400)["errors"]


def test_cursors_show_nothing(api: Client, rows: list[ApiToken]) -> None:
    cursor = parse_qs(urlsplit(api.get("/api/v1/tokens/?limit=5").json()["next"]).query)["cursor"][0]
    assert "name" not in cursor
    from base64 import urlsafe_b64decode

    assert b"name" not in urlsafe_b64decode(cursor + "===")


def test_a_page_costs_one_query(
    api: Client, rows: list[ApiToken], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):  # the token's owner, the page
        api.get("/api/v1/tokens/?limit=5")


def test_a_cursor_of_another_list_is_refused(api: Client, rows: list[ApiToken]) -> None:
    answer = api.get("/api/v1/tokens/?limit=2").json()["next"]
    cursor = parse_qs(urlsplit(answer).query)["cursor"][0]
    assert api.get(f"/api/v1/tokens/?cursor={cursor}").status_code == 200
    problem(api.get(f"/api/v1/projects/?cursor={cursor}"), 400)
