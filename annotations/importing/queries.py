"""Reads of imports: known to those who may import."""

from uuid import UUID

from annotations import storage
from annotations.errors import NotVisible
from annotations.importing.models import Import
from annotations.projects.access import Action, roles_for
from annotations.projects.models import Membership
from annotations.projects.queries import Person


def import_for(user: Person, import_id: UUID, *, lock: bool = False) -> Import:
    """The import, held until the transaction ends where `lock`; or 404."""
    of_user = Membership.objects.filter(user_id=user.pk, role__in=roles_for(Action.EDIT_ARTICLES))
    rows = Import.objects.filter(project__in=of_user.values("project"), pk=import_id).select_related("project", "job")
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotVisible
    return found


def content_of(found: Import) -> bytes:
    """The file as it came."""
    with storage.open(found.sha256) as file:
        return file.read()
