"""Who may do what: one table, read by every page, endpoint and command.

A row names the least role an action needs; the ladder in `Role` gives it to those above. What a person may *see* of a
project they belong to is the query rule in `labelling.queries`, which stands on the two `SEE_` rows.
"""

from enum import StrEnum

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.errors import NotPermitted
from annotations.projects.models import Membership, Role
from annotations.projects.wording import ROLE_WORDS


class Action(StrEnum):
    """Everything that is permitted or refused, in the words the refusal uses."""

    SEE_PROJECT = gettext_noop("see the project, its closed work and its releases")
    SEE_OPEN_WORK = gettext_noop("see drafts, and claims that are open for labelling")
    LABEL = gettext_noop("label claims")
    HAND_IN = gettext_noop("hand in labels")
    ADD_SOURCE = gettext_noop("add sources and evidence")
    PROPOSE_VERDICT = gettext_noop("propose verdicts")
    SHARPEN = gettext_noop("sharpen a proposition")
    CHALLENGE = gettext_noop("challenge a verified claim")
    TAKE_CLAIM = gettext_noop("take claims to check, and give them back")
    COMMENT = gettext_noop("comment on claims whose labelling has closed")
    DECIDE = gettext_noop("decide disputed claims")
    REVIEW_VERDICT = gettext_noop("approve verdicts and request changes")
    PLAN_CHECKING = gettext_noop("plan who checks a claim, how urgent it is and by when")
    MOVE_CLAIM = gettext_noop("close, reopen, correct or withdraw claims")
    EDIT_ARTICLES = gettext_noop("import articles and edit their details")
    EDIT_UNITS = gettext_noop("edit the units of an article")
    OPEN_AND_CLOSE = gettext_noop("open and close articles")
    ASSIGN = gettext_noop("assign work")
    VOID_CLAIM = gettext_noop("void claims")
    REMOVE_COMMENT = gettext_noop("remove what others commented")
    EDIT_CODEBOOK = gettext_noop("edit the codebook")
    EDIT_PROJECT = gettext_noop("edit the project")
    MANAGE_MEMBERS = gettext_noop("manage members")
    RELEASE = gettext_noop("make releases")
    SEE_JOBS = gettext_noop("see and cancel jobs")
    SEE_THROUGHPUT = gettext_noop("see how much each reviewer labelled")


LEAST_ROLE = {
    Action.SEE_PROJECT: Role.VIEWER,
    Action.SEE_OPEN_WORK: Role.REVIEWER,
    Action.LABEL: Role.REVIEWER,
    Action.HAND_IN: Role.REVIEWER,
    Action.ADD_SOURCE: Role.REVIEWER,
    Action.PROPOSE_VERDICT: Role.REVIEWER,
    Action.SHARPEN: Role.REVIEWER,
    Action.CHALLENGE: Role.REVIEWER,
    Action.TAKE_CLAIM: Role.REVIEWER,
    Action.COMMENT: Role.REVIEWER,
    Action.DECIDE: Role.ADJUDICATOR,
    Action.REVIEW_VERDICT: Role.ADJUDICATOR,
    Action.PLAN_CHECKING: Role.ADJUDICATOR,
    Action.MOVE_CLAIM: Role.ADJUDICATOR,
    Action.EDIT_ARTICLES: Role.MANAGER,
    Action.EDIT_UNITS: Role.MANAGER,
    Action.OPEN_AND_CLOSE: Role.MANAGER,
    Action.ASSIGN: Role.MANAGER,
    Action.VOID_CLAIM: Role.MANAGER,
    Action.REMOVE_COMMENT: Role.MANAGER,
    Action.EDIT_CODEBOOK: Role.MANAGER,
    Action.EDIT_PROJECT: Role.MANAGER,
    Action.MANAGE_MEMBERS: Role.MANAGER,
    Action.RELEASE: Role.MANAGER,
    Action.SEE_JOBS: Role.MANAGER,
    Action.SEE_THROUGHPUT: Role.MANAGER,
}
# Added to rows of a project that a person may see: their role there.
MEMBER_ROLE = {"role": F("project__memberships__role")}
LADDER = {role: step for step, role in enumerate(Role)}


def may(role: str, action: Action) -> bool:
    """Whether `role` is at least the role that `action` needs."""
    return LADDER[Role(role)] >= LADDER[LEAST_ROLE[action]]


def roles_for(action: Action) -> list[Role]:
    """The roles that may do `action`."""
    return [role for role in Role if may(role, action)]


def require(role: str, action: Action) -> None:
    """Refuse (403) unless `role` may do `action`."""
    if not may(role, action):
        told = _("To %(action)s you need to be %(least)s or above in this project; you are %(role)s.")
        least, yours = ROLE_WORDS[LEAST_ROLE[action]], ROLE_WORDS[role]
        raise NotPermitted(told % {"action": _(action.value), "least": least, "role": yours})


def require_member(membership: Membership, action: Action) -> None:
    """Refuse (403) unless the member may do `action`."""
    require(membership.role, action)
