"""The whole table of routes: the API and the pages in one, and every rule of it."""

from collections.abc import Iterator, Mapping

from tests.architecture.api_table import API
from tests.architecture.asking import API_ROOT
from tests.architecture.page_table import PAGES
from tests.architecture.rules import Rule, Rules

TABLE: Mapping[str, Mapping[str, Rules]] = {**{API_ROOT + route: rules for route, rules in API.items()}, **PAGES}


def each(rules: Rules) -> list[Rule]:
    """The rules of one method of one route, of which most have one."""
    return rules if isinstance(rules, list) else [rules]


def every_rule() -> Iterator[tuple[str, str, Rule]]:
    """Each route, method and rule."""
    for route, methods in TABLE.items():
        for method, rules in methods.items():
            for rule in each(rules):
                yield route, method, rule
