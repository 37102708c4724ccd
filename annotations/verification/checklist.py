"""What the person who approves a verdict has to have looked at: the project's own list, ticked one by one."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from annotations.errors import InvalidInput
from annotations.projects.models import Project


def require_checked(project: Project, checked: Collection[str]) -> list[str]:
    """The list as it was ticked, in its order. 400 where something of it was not."""
    missing = [each for each in project.checklist if each not in checked]
    if missing:
        told = _("Tick everything on the checklist first, or ask for changes.")
        raise InvalidInput(told, errors={"checked": [_("Not ticked: %(what)s") % {"what": each} for each in missing]})
    return list(project.checklist)
