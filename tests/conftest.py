"""For every test: the long runs stay out unless they are asked for with `-m soak`, and Chromium's come last."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import TransactionTestCase
from hypothesis import settings

from tests.emptying import empty_tables

# A property holds or does not; how fast it is seen is nothing that a test says.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
BROWSER = Path(__file__).parent / "browser"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect `soak` tests where no `-m` names them; playwright's event loop stays in the thread that ran it."""
    items.sort(key=lambda item: BROWSER in item.path.parents)
    if "soak" in config.getoption("-m"):
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_fast() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: empty_tables())
        yield
