"""The fields of provenance as they come from a file or a form, checked before anything is stored."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.errors import InvalidInput


def checked(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with `published_on` as a date. InvalidInput where one is of the wrong kind."""
    for name, value in fields.items():
        if name != "published_on" and not isinstance(value, str):
            raise InvalidInput.field(name, _("%(name)s has to be text.") % {"name": name})
    given = fields.get("published_on") or None
    if isinstance(given, str):
        try:
            given = date.fromisoformat(given)
        except ValueError:
            told = _("%(given)s is no date. Write it like 2026-11-22.") % {"given": given}
            raise InvalidInput.field("published_on", told) from None
    return {**fields, "published_on": given}


def refuse_day_to_come(published_on: date | None) -> None:
    """400 for a day of publication later than tomorrow, which has begun somewhere."""
    if published_on is not None and published_on > timezone.localdate() + timedelta(days=1):
        raise InvalidInput.field("published_on", _("This day has not come yet."))
