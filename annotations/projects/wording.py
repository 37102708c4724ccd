"""The words in which people read a role."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.projects.models import Role

ROLE_WORDS: dict[str, str | Promise] = {
    Role.VIEWER: _("viewer"),
    Role.REVIEWER: _("reviewer"),
    Role.ADJUDICATOR: _("adjudicator"),
    Role.MANAGER: _("manager"),
}

# A checklist of who approves verdicts, offered to managers; a project has none until it says so.
CHECKLIST: tuple[Promise, ...] = (
    _("I opened every source and read the passage that is quoted."),
    _("Names, numbers and dates are those of the sources."),
    _("The sources are independent of each other, or one of them is primary."),
    _("The explanation says no more than the sources do."),
)
