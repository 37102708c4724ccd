"""The bench, on tiny counts: every step works and every row is there. How fast is for `make bench` to say."""

import re

from tests.bench.run import measure
from tests.bench.table import Table
from tests.bench.world import Sizes, World
from tests.product import Product

ROWS = (
    "import: articles through the API",
    "import: manage.py import_articles",
    "save, 1 connection, p50",
    "save, 1 connection, p99",
    "save, 3 connections, p95",
    "save, 3 connections, saves",
    "processor time of a save: web",
    "processor time of a save: postgres",
    "article with its claims, p50",
    "list of 100 articles, p50",
    "list of 100 claims, p50",
    "page: labelling room, p50",
    "page: project, p50",
    "page: list of articles, p50",
    "room: text shown after navigation, p50",
    "room of 100,000 words: text shown after navigation, p50",
    "room of 3,000 claims: key to saved and painted, p50",
    "room of 3,000 claims: key to saved and painted, p95",
    "room of 100,000 words: longest task while scrolling",
    "editor of 3,000 units: text shown after navigation, p50",
    "editor of 3,000 units: longest task while scrolling",
    "change to paint in a second browser, p50",
    "5 idle streams: memory",
    "export: a release, from asking to published",
    "export: manage.py export_release",
    "alpha and its interval, 200 units of 5 raters with 30 % missing",
    "the krippendorff package, point value alone",
    "ratio to the krippendorff package's point value",
    "counting the label patterns, in Python",
    "memory of all processes, peak",
)
PROCESSES = ("web (2)", "worker (2)", "beat (1)", "up (1)", "valkey (1)", "postgres (")
SEVERAL_CELLS = re.compile(r"\S {3,}\S")


def test_every_row_is_measured_on_the_running_product(product: Product) -> None:
    told: list[str] = []
    text = measure(World(product, Sizes.quick()), Table(told.append))
    lines = [line.strip() for line in text.splitlines()]
    for row in (*ROWS, *PROCESSES):
        found = [line for line in lines if line.startswith(row)]
        assert len(found) == 1, f"{row}: {found}\n{text}"
        assert SEVERAL_CELLS.search(found[0]), f"{row} has no figure:\n{text}"
    assert len(told) == len(text.splitlines()) - 4
