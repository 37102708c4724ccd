"""Every refusal is one problem document that says what to do."""

import orjson
import pytest
from django.test import Client
from pytest_django import Settings

from annotations.accounts.models import User
from annotations.errors import WorkbenchError
from annotations.web import problems
from tests.web.clients import problem, send
from tests.web.endpoints import RAISED


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("invalid", 400, "invalid-input"),
        ("permitted", 403, "not-permitted"),
        ("visible", 404, "not-found"),
        ("state", 409, "wrong-state"),
        ("stale", 412, "stale-version"),
        ("large", 413, "too-large"),
        ("nested", 400, "invalid-input"),
        ("parse", 400, "bad-request"),
        ("denied", 403, "not-permitted"),
        ("throttled", 429, "too-many-requests"),
        ("django-404", 404, "not-found"),
        ("django-403", 403, "not-permitted"),
        ("django-400", 400, "bad-request"),
        ("django-invalid", 400, "invalid-input"),
    ],
)
def test_each_refusal_has_its_kind(stranger: Client, name: str, status: int, code: str) -> None:
    answer = stranger.get(f"/api/v1/raise/{name}/")
    assert problem(answer, status)["type"] == f"/problems/{code}"
    assert answer["Cache-Control"] == "no-store"


def test_extra_members_never_replace_the_standard_ones(stranger: Client) -> None:
    document = problem(stranger.get("/api/v1/raise/state/"), 409)
    assert document["allowed"] == ["reopen"]
    assert document["type"] == "/problems/wrong-state"
    assert "errors" not in document


def test_the_present_state_comes_with_a_stale_version(stranger: Client) -> None:
    assert problem(stranger.get("/api/v1/raise/stale/"), 412)["current"] == {"version": 3}


def test_nested_errors_get_dotted_names(stranger: Client) -> None:
    document = problem(stranger.get("/api/v1/raise/nested/"), 400)
    assert document["errors"] == {"claims.1.start": ["Too late."], "claims.1": ["Empty."], "body": ["Both."]}
    assert document["detail"] == "3 fields need mending: claims.1.start, claims.1, body."


def test_one_error_is_told_in_the_detail(stranger: Client) -> None:
    assert problem(stranger.get("/api/v1/raise/one/"), 400)["detail"] == "start: Too late."


def test_faults_of_the_whole_model_stand_under_body(stranger: Client) -> None:
    assert problem(stranger.get("/api/v1/raise/django-invalid-whole/"), 400)["errors"] == {"body": ["Not together."]}


def test_not_found_never_says_what_was_looked_for(stranger: Client) -> None:
    hidden, absent = stranger.get("/api/v1/raise/django-404/"), stranger.get("/api/v1/nowhere/")
    assert hidden.content == absent.content
    assert b"ApiToken" not in hidden.content


def test_without_sign_in_401_names_the_scheme(stranger: Client) -> None:
    answer = stranger.get("/api/v1/tokens/")
    assert problem(answer, 401)["type"] == "/problems/not-signed-in"
    assert answer["WWW-Authenticate"] == "Token"


def test_a_wrong_token_is_401_as_well(stranger: Client, db: None) -> None:
    answer = stranger.get("/api/v1/tokens/", headers={"Authorization": "Token none"})
    problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Token"


def test_405_lists_the_methods(api: Client) -> None:
    answer = api.delete("/api/v1/notes/")
    problem(answer, 405)
    assert set(answer["Allow"].split(", ")) == {"POST", "PUT", "PATCH"}
    problem(api.options("/api/v1/notes/"), 405)


def test_no_method_name_reaches_an_attribute(api: Client) -> None:
    problem(api.generic("DISPATCH", "/api/v1/notes/"), 405)
    problem(api.generic("BODY", "/api/v1/notes/"), 405)


def test_415_for_what_is_no_json(api: Client) -> None:
    problem(api.post("/api/v1/notes/", "text=1", content_type="application/x-www-form-urlencoded"), 415)


def test_429_says_how_long_to_wait(stranger: Client) -> None:
    assert stranger.get("/api/v1/raise/throttled/")["Retry-After"] == "8"


def test_a_session_without_its_csrf_token_is_403(user: User) -> None:
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    assert "CSRF" in problem(send(browser, "POST", "/api/v1/notes/", {"text": "a"}), 403)["detail"]


def test_a_bug_is_a_logged_500(stranger: Client, caplog: pytest.LogCaptureFixture) -> None:
    document = problem(stranger.get("/api/v1/raise/bug/"), 500)
    assert "a bug" not in document["detail"]
    assert "RuntimeError: a bug" in caplog.text


def test_a_lost_database_is_503_with_retry_after(fresh_connection: None, stranger: Client) -> None:
    answer = stranger.get("/api/v1/database/killed/")
    assert problem(answer, 503)["type"] == "/problems/unavailable"
    assert answer["Retry-After"] == "5"


def test_what_took_too_long_is_503_busy(fresh_connection: None, stranger: Client) -> None:
    answer = stranger.get("/api/v1/database/slow/")
    assert problem(answer, 503)["type"] == "/problems/busy"
    assert answer["Retry-After"] == "1"


def test_a_body_beyond_djangos_limit_is_413(api: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = send(api, "POST", "/api/v1/notes/", {"text": "longer than ten"}, **{"Idempotency-Key": "one"})
    problem(answer, 413)


def test_every_kind_is_explained_once() -> None:
    kinds = problems.kinds()
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(kind.meaning and 400 <= kind.status < 600 for kind in kinds)
    assert {error.code for error in WorkbenchError.__subclasses__()} <= {kind.code for kind in kinds}


def test_problem_response_is_what_the_handler_answers(stranger: Client) -> None:
    error = RAISED["state"]()
    assert problems.problem_response(error).content == stranger.get("/api/v1/raise/state/").content


def test_type_leads_to_its_explanation(stranger: Client) -> None:
    code = orjson.loads(stranger.get("/api/v1/raise/state/").content)["type"]
    assert stranger.get(code)["Location"] == "/api/v1/docs/#problem-wrong-state"
