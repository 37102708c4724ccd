"""Errors the product expects to meet; `annotations.web` turns each into one HTTP answer, in one place."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class WorkbenchError(Exception):
    """An anticipated refusal.

    `detail` is one sentence for a person, in their language: what is wrong and what to do. `errors` names fields
    (`{field: [sentence]}`); `extra` carries members of the problem document such as `allowed` or `current`.
    """

    status = 400
    code = "invalid"
    title: str | Promise = _("The request cannot be carried out")

    def __init__(
        self,
        detail: str,
        *,
        errors: Mapping[str, list[str]] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = dict(errors or {})
        self.extra = dict(extra or {})


class InvalidInput(WorkbenchError):
    """400: what was sent does not make sense; `errors` says which field and how to mend it."""

    code = "invalid-input"
    title = _("Some fields need mending")

    @classmethod
    def field(cls, name: str, sentence: str) -> "InvalidInput":
        """The refusal of one field."""
        return cls(sentence, errors={name: [sentence]})


class NotPermitted(WorkbenchError):
    """403: the actor may see the thing but not do this to it."""

    status, code, title = 403, "not-permitted", _("You may not do this")


class NotVisible(WorkbenchError):
    """404: there is no such thing, or the actor may not know of it."""

    status, code, title = 404, "not-found", _("Not found")

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or gettext("There is nothing here that you may see."))


class WrongState(WorkbenchError):
    """409: the thing is not in a state that allows this."""

    status, code, title = 409, "wrong-state", _("Not possible in the present state")


class StaleVersion(WorkbenchError):
    """412: somebody changed the thing since it was read; `extra["current"]` is how it stands now."""

    status, code, title = 412, "stale-version", _("Changed by somebody else meanwhile")


class TooLarge(WorkbenchError):
    """413: more than the product takes in one piece."""

    status, code, title = 413, "too-large", _("Too large")


class VersionMissing(WorkbenchError):
    """428: the write needs `If-Match`."""

    status, code, title = 428, "version-missing", _("Say which version you read")

    def __init__(self) -> None:
        super().__init__(
            gettext("Send the version you read in the If-Match header, so that nobody's change is overwritten.")
        )
