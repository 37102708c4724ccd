"""A write sent twice is done once, and answered twice alike."""

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.accounts.models import ApiToken, User
from annotations.web.idempotency import purge_idempotency_keys
from annotations.web.models import IdempotencyKey
from tests.web.clients import problem, program, send
from tests.web.endpoints import Gate

PATH = "/api/v1/tokens/"


def add(client: Client, name: str = "a", key: str = "key 1", path: str = PATH) -> Any:
    return send(client, "POST", path, {"name": name}, **{"Idempotency-Key": key})


def made() -> int:
    return ApiToken.objects.filter(sha256__startswith="made").count()


def test_the_second_answer_is_the_first(api: Client) -> None:
    first, second = add(api), add(api)
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    for name in ("Content-Type", "ETag", "Location"):
        assert first[name] == second[name]
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"
    assert made() == 1


def test_an_answer_without_a_body_is_repeated_too(api: Client) -> None:
    clear = {"method": "DELETE", "path": PATH, "data": b"", "Idempotency-Key": "clear"}
    first, second = send(api, **clear), send(api, **clear)
    assert (first.status_code, second.status_code, second.content) == (204, 204, b"")
    assert "Content-Type" not in first
    assert second["Idempotent-Replayed"] == "true"


def test_other_keys_and_no_key_write_again(api: Client) -> None:
    add(api), add(api, key="key 2"), send(api, "POST", PATH, {"name": "a"}), send(api, "POST", PATH, {"name": "a"})
    assert made() == 4


def test_keys_belong_to_their_user(api: Client, db: None) -> None:
    add(api)
    assert "Idempotent-Replayed" not in add(program(User.objects.create_user("ben")))
    assert made() == 2


def test_another_body_is_409(api: Client) -> None:
    add(api)
    assert "another body" in problem(add(api, name="b"), 409)["detail"]


def test_another_path_or_method_is_409(api: Client) -> None:
    add(api)
    assert f"POST {PATH}" in problem(add(api, path=f"{PATH}?x=1"), 409)["detail"]
    problem(send(api, "DELETE", PATH, b"", **{"Idempotency-Key": "key 1"}), 409)
    assert made() == 1


@pytest.mark.parametrize("name", ["state", "invalid", "409", "bug"])
def test_a_refusal_leaves_the_key_free(api: Client, name: str) -> None:
    assert add(api, name=name).status_code in (400, 409, 500)
    assert IdempotencyKey.objects.count() == 0
    assert add(api, name="a").status_code == 201
    assert add(api, name="a")["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("name", ["state", "bug"])
def test_what_a_refused_run_wrote_is_rolled_back(api: Client, name: str) -> None:
    add(api, name=name)
    assert made() == 0


def test_a_refusal_before_the_handler_leaves_the_key_free(api: Client) -> None:
    problem(send(api, "POST", PATH, b"{", **{"Idempotency-Key": "key 1"}), 400)
    assert add(api).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb", "é"])
def test_a_malformed_key_is_400_and_named(api: Client, key: str) -> None:
    assert "Idempotency-Key" in problem(add(api, key=key), 400)["errors"]


def test_a_method_that_is_none_is_405_whatever_the_key(api: Client) -> None:
    add(api)
    problem(send(api, "PATCH", PATH, b"", **{"Idempotency-Key": "key 1"}), 405)
    problem(send(api, "TRACE", PATH, b"", **{"Idempotency-Key": "key 1"}), 405)


def test_reading_takes_no_notice(api: Client) -> None:
    send(api, "GET", PATH, b"", **{"Idempotency-Key": "key 1"})
    assert IdempotencyKey.objects.count() == 0


def test_without_a_key_there_is_no_further_query(api: Client) -> None:
    def statements(**headers: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            send(api, "POST", "/api/v1/notes/", {"text": "a"}, **headers)
        return [query["sql"].split()[0] for query in asked if "SAVEPOINT" not in query["sql"]]

    assert statements() == ["SELECT"]  # the token's owner
    assert statements(**{"Idempotency-Key": "key 1"}) == ["SELECT", "INSERT", "UPDATE"]


def test_an_upload_is_the_same_whatever_its_boundary(api: Client) -> None:
    def upload(boundary: str, content: str) -> Any:
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
            f"Content-Type: text/plain\r\n\r\n{content}\r\n--{boundary}--\r\n"
        )
        media_type = f"multipart/form-data; boundary={boundary}"
        return api.generic("POST", "/api/v1/upload/", body, media_type, headers={"Idempotency-Key": "up"})

    assert upload("first", "text").json()["size"] == 4
    assert upload("second", "text")["Idempotent-Replayed"] == "true"
    problem(upload("third", "else"), 409)
    assert made() == 1


def test_an_upload_without_a_key_is_read_as_ever(api: Client) -> None:
    answer = api.post("/api/v1/upload/", {"file": SimpleUploadedFile("a.txt", b"text")})
    assert answer.json()["size"] == 4


def test_old_answers_are_forgotten(api: Client) -> None:
    add(api, key="old"), add(api, key="new")
    IdempotencyKey.objects.filter(key="old").update(created_at=timezone.now() - timedelta(hours=25))
    assert purge_idempotency_keys() == 1
    assert IdempotencyKey.objects.get().key == "new"


def waiting() -> int:
    """How many statements wait for another transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return cursor.fetchone()[0]


def twins(user: User, count: int) -> list[Any]:
    """The answers of `count` equal requests, the first of which is held until the others wait for it."""
    answers = []

    def run() -> None:
        try:
            answers.append(add(program(user), name="wait", key="twin"))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    threads[0].start()
    assert Gate.entered.wait(20)
    for thread in threads[1:]:
        thread.start()
    deadline = time.monotonic() + 20
    while waiting() < count - 1:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    Gate.open.set()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.mark.django_db(transaction=True)
def test_twins_at_the_same_time_write_once() -> None:
    answers = twins(User.objects.create_user("ann"), 4)
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replayed" in answer for answer in answers) == 3
    assert made() == 1


@pytest.mark.django_db(transaction=True)
def test_twins_of_a_refused_write_take_its_place() -> None:
    Gate.refuse = True
    answers = twins(User.objects.create_user("ann"), 3)
    assert [answer.status_code for answer in answers] == [409] * 3
    assert not any("Idempotent-Replayed" in answer for answer in answers)
    assert (made(), IdempotencyKey.objects.count()) == (0, 0)


def test_a_browser_session_sends_again_as_a_program_does(api: Client, db: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.create_user("cleo"))
    browser.get("/sign-in/")
    browser.get("/account/")
    headers = {"Idempotency-Key": "key 1", "X-CSRFToken": browser.cookies["csrftoken"].value}
    first, second = (send(browser, "POST", PATH, {"name": "a"}, **headers) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert second["Idempotent-Replayed"] == "true"
