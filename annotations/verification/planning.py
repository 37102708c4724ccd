"""Who checks a claim, how urgent it is and by when: writes and reads of plans."""

from datetime import date
from typing import Any, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.claims.models import Claim, Status
from annotations.claims.queries import claim_for
from annotations.claims.wording import STATUS_WORDS
from annotations.errors import InvalidInput, StaleVersion, WrongState
from annotations.notifications.models import Kind
from annotations.notifications.services import notify
from annotations.projects.access import Action, require, roles_for
from annotations.projects.models import Membership, Project
from annotations.projects.queries import members
from annotations.verification.models import Plan, Priority

# Nothing of these is to be checked, or not any more.
NO_PLAN = (Status.DRAFT, Status.LABELLING, Status.CLOSED, Status.VOID, Status.WITHDRAWN)


class Changes(TypedDict, total=False):
    """What a plan can be given: the name of who checks the claim (None: nobody), a word of `Priority`, a date."""

    assignee: str | None
    priority: str
    due_on: date | None


@transaction.atomic
def plan_check(actor: User, *, claim_id: UUID, version: int, **changes: Unpack[Changes]) -> Plan:
    """Change the plan of a claim's checking; what is not named stays. A claim that was never planned has version 0.

    403 where more is changed than the actor may (`may_take` or all of it), 409 where nothing is to be checked, 412
    where `version` is stale, 400 for an assignee who could not check it.
    """
    claim = claim_for(actor, claim_id, lock=True)
    require(claim.role, Action.PLAN_CHECKING if set(changes) - {"assignee"} else Action.TAKE_CLAIM)
    check_plannable(claim)
    plan = plan_of(claim)
    before = plan_values(plan)
    if version != plan.version:
        raise StaleVersion(_("Somebody planned this claim otherwise meanwhile."), extra={"current": before})
    changed = {name: value for name, value in changes.items() if value != before[name]}
    if not changed:
        return plan
    if not may_take(actor, plan, changed):
        require(claim.role, Action.PLAN_CHECKING)
    told = plan.assignee_id
    _set(plan, claim.project, changed)
    if plan.assignee_id not in (None, told):
        notify(actor, Kind.ASSIGNED, [plan.assignee_id], project_id=claim.project_id, claim=claim)
    after = plan_values(plan)
    record(
        actor,
        "claim.planned",
        claim,
        project=claim.project_id,
        article=claim.article_id,
        claim=claim.pk,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return plan


def plan_of(claim: Claim) -> Plan:
    """The plan of a claim; one that is not stored, with version 0, where there is none."""
    found = Plan.objects.select_related("assignee").filter(claim=claim).first()
    return found or Plan(claim=claim, version=0)


def plan_values(plan: Plan) -> dict[str, Any]:
    """What a plan says, in the words of `Changes`, and its version."""
    assignee = plan.assignee.get_username() if plan.assignee else None
    priority = Priority(plan.priority).name.lower()
    return {"assignee": assignee, "priority": priority, "due_on": plan.due_on, "version": plan.version}


def may_take(actor: User, plan: Plan, changed: dict[str, Any]) -> bool:
    """Whether this is taking a claim that nobody has, or giving back one's own: reviewers may do that by themselves."""
    mine = actor.get_username()
    before = plan.assignee.get_username() if plan.assignee else None
    return list(changed) == ["assignee"] and {before, changed["assignee"]} == {None, mine}


def check_plannable(claim: Claim) -> None:
    """Refuse (409) a claim that nobody checks."""
    if not plannable(claim):
        told = _("Checking is planned once labelling has closed, and until it is over; this is %(status)s.")
        raise WrongState(told % {"status": STATUS_WORDS[claim.status]})


def plannable(claim: Claim) -> bool:
    """Whether there is anything to plan."""
    return claim.labelling_closed_at is not None and claim.status not in NO_PLAN


def checkers(project: Project) -> list[str]:
    """The names of those who may research a claim."""
    return list(_checkers(project).values_list("user__username", flat=True))


def _checkers(project: Project) -> QuerySet[Membership]:
    return members(project).filter(role__in=roles_for(Action.PROPOSE_VERDICT), user__is_active=True)


def _set(plan: Plan, project: Project, changed: dict[str, Any]) -> None:
    if "assignee" in changed:
        plan.assignee = _checker(project, changed["assignee"]).user if changed["assignee"] else None
    if "priority" in changed:
        plan.priority = Priority[changed["priority"].upper()]
    if "due_on" in changed:
        plan.due_on = changed["due_on"]
    plan.version += 1
    plan.save()


def _checker(project: Project, name: str) -> Membership:
    found = _checkers(project).filter(user__username__iexact=name).first()
    if found is None:
        raise InvalidInput.field("assignee", _("%(name)s is nobody here who may research a claim.") % {"name": name})
    return found
