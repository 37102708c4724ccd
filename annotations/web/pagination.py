"""Pages of results: `{next, previous, results}` behind opaque cursors.

A page is found by the position of its neighbour (keyset), never by counting rows, so that rows added or hidden
meanwhile neither shift a page nor show in a cursor.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.db.models import Model, Q
from django.utils.translation import gettext
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.errors import InvalidInput
from annotations.web.opaque import seal, unseal

DEFAULT_LIMIT = 50
MAX_LIMIT = 200


class CursorPagination(BasePagination):
    """Pages ordered by `ordering`: names of columns that are never null and together unique, `-` for descending.

    A view may set its own `ordering`.
    """

    ordering: Sequence[str] = ("created_at", "id")

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        """The rows of the page that `cursor` and `limit` of the query ask for. InvalidInput (400) for bad ones."""
        self.request = request
        self.ordering = getattr(view, "ordering", None) or self.ordering
        self.limit = _limit(request.query_params.get("limit"))
        backward, position = self._cursor(request.query_params.get("cursor"))
        ordering = [_reversed(name) for name in self.ordering] if backward else list(self.ordering)
        rows = queryset.order_by(*ordering)
        if position is not None:
            rows = rows.filter(_beyond(ordering, position))
        page = list(rows[: self.limit + 1])
        more, page = len(page) > self.limit, page[: self.limit]
        if backward:
            page.reverse()
        self.next_link = self._link(False, page[-1:]) if more or backward else None
        self.previous_link = self._link(True, page[:1]) if (more if backward else position is not None) else None
        return page

    def get_paginated_response(self, data: Any) -> Response:
        """The page, and where its neighbours are."""
        return Response({"next": self.next_link, "previous": self.previous_link, "results": data})

    @property
    def _purpose(self) -> str:
        return f"cursor {self.request.path} {','.join(self.ordering)}"

    def _cursor(self, cursor: str | None) -> tuple[bool, list[Any] | None]:
        """Whether the page lies before the position, and the position: one value for each name of the ordering."""
        if not cursor:
            return False, None
        text = unseal(self._purpose, cursor)
        if text is None:
            told = gettext("This is no cursor of this list: take it from next or previous.")
            raise InvalidInput.field("cursor", told)
        backward, *position = orjson.loads(text)
        return backward, position

    def _link(self, backward: bool, at: list[Any]) -> str | None:
        """The address of the page that follows (or goes before) the one row `at`; None without one."""
        if not at:
            return None
        position = [_value(at[0], name.lstrip("-")) for name in self.ordering]
        query = self.request.query_params.copy()
        query["cursor"] = seal(self._purpose, orjson.dumps([backward, *position]).decode())
        return self.request.build_absolute_uri(f"?{query.urlencode()}")

    def get_paginated_response_schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """What a page looks like, for the OpenAPI document."""
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, *_: Any) -> list[dict[str, Any]]:
        """The query of a page, for the OpenAPI document."""
        size = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "Which page: as next or previous of another page gave it.",
                "schema": {"type": "string"},
            },
            {"name": "limit", "in": "query", "required": False, "description": "How many a page.", "schema": size},
        ]


def _limit(text: str | None) -> int:
    if text is None:
        return DEFAULT_LIMIT
    if text.isascii() and text.isdigit() and 1 <= int(text[:5]) <= MAX_LIMIT:
        return int(text)
    raise InvalidInput.field("limit", gettext("A whole number from 1 to %(most)s.") % {"most": MAX_LIMIT})


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(ordering: Sequence[str], position: Sequence[Any]) -> Q:
    """The rows after `position`: later in the first column, or equal there and later in the ones behind it."""
    name, *others = ordering
    value, *values = position
    column, later = (name[1:], "lt") if name.startswith("-") else (name, "gt")
    if not others:
        return Q(**{f"{column}__{later}": value})
    # The first condition follows from the second; it is what lets an index on the first column be used.
    return Q(**{f"{column}__{later}e": value}) & (
        Q(**{f"{column}__{later}": value}) | Q(**{column: value}) & _beyond(others, values)
    )


def _value(row: Model | Mapping[str, Any], name: str) -> Any:
    """The value of one column of a row; `a__b` follows a relation."""
    if isinstance(row, Mapping):
        return row[name]
    value: Any = row
    for part in name.split("__"):
        value = getattr(value, part)
    return value
