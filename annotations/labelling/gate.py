"""The training before the first label: asked only where the project has it switched on."""

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.errors import WrongState
from annotations.labelling.models import Label
from annotations.projects.access import Action, may
from annotations.projects.models import Project
from annotations.training.queries import trained


def needs_training(user: User, project_id: int, role: str) -> bool:
    """Whether the user has neither finished a round nor a label in the project, and did not write what is gold.
    Nothing is asked of others' work."""
    if may(role, Action.EDIT_PROJECT):
        return False
    has_label = Label.objects.filter(reviewer=user, claim__project=project_id).exists()
    return not has_label and not trained(user, project_id)


def require_training(user: User, project_id: int, role: str) -> None:
    """Refuse (409, with the address of the training) who has to go through it first."""
    if needs_training(user, project_id, role):
        slug = Project.objects.values_list("slug", flat=True).get(pk=project_id)
        told = _("This project begins with a training round. Finish it, then label.")
        raise WrongState(told, extra={"training": reverse("training", args=[slug])})
