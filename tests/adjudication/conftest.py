"""A desk of people to work at."""

import pytest

from tests.factories.claims import Desk, desk


@pytest.fixture
def at(db: None) -> Desk:
    """A new project of ann, ben, cleo, dora, eve and vic."""
    return desk()
