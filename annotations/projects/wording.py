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
