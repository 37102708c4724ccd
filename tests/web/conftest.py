"""Clients of the tests' own routes."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from annotations.accounts.models import User
from annotations.web import docs
from tests.web.clients import program
from tests.web.endpoints import Gate


@pytest.fixture(autouse=True)
def _routes(settings: Settings) -> Iterator[None]:
    docs.surface.cache_clear()
    settings.ROOT_URLCONF = "tests.web.urls"
    yield
    docs.surface.cache_clear()


@pytest.fixture(autouse=True)
def _gate() -> None:
    Gate.entered.clear()
    Gate.open.clear()
    Gate.refuse = False


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("ann")


@pytest.fixture
def api(user: User) -> Client:
    """A program of Ann's; errors come back as answers, as they do to a browser."""
    return program(user)


@pytest.fixture
def fresh_connection(transactional_db: None) -> Iterator[None]:
    """For tests that break the connection: the next test gets another one."""
    yield
    connection.close()


@pytest.fixture
def stranger(db: None) -> Client:
    """Nobody in particular."""
    return Client(raise_request_exception=False)
