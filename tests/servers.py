"""pytest plugin (`-p tests.servers`): real servers for the run, in a home of its own that is deleted afterwards.

Loaded before Django's settings are read, so the servers start when this module is imported. With DATABASE_URL and
CELERY_BROKER_URL set the tests use those instead. The fixtures `product` and `product_factory` run the real product.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.product import Product
from workbench.local.home import Home
from workbench.local.servers import serving

_running = ExitStack()
atexit.register(_running.close)


def temporary_folder() -> Path:
    """A new folder that the servers' own account may pass through, as it may through a home made by `up`."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-tests-"))
    folder.chmod(0o711)
    return folder


def _start() -> None:
    os.environ.pop("WORKBENCH_HOME", None)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # No test reaches out. What is fetched is fetched from servers of the test, which says so.
    os.environ["FETCH"] = "false"
    home = Home(temporary_folder())
    _running.callback(shutil.rmtree, home.path, ignore_errors=True)
    home.prepare()
    _running.callback(home.discard_sockets)
    _running.enter_context(serving(home, durable=False))


_start()


def pytest_unconfigure() -> None:
    """Stop the servers and delete their home, also after Ctrl-C."""
    _running.close()


@pytest.fixture
def product_factory() -> Iterator[Callable[..., Product]]:
    """Starts products for one test: `product_factory()`, or with a home, options and variables; all end with it."""
    with ExitStack() as stack:

        def make(home: Path | None = None, *options: str, **settings: Any) -> Product:
            folder = temporary_folder()
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            product = Product(home or folder / "home", *options, **settings)
            stack.callback(product.stop)
            return product.started()

        yield make


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """The product as `manage.py up --no-sample` runs it, shared by every test that breaks nothing in it."""
    folder = temporary_folder()
    running = Product(folder / "home")
    try:
        yield running.started()
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)
