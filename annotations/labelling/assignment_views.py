"""Pages of assignments: who holds what, assigning by hand and by chance, moving a place or giving it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts.requests import PageRequest
from annotations.articles.models import Article
from annotations.errors import NotVisible, StaleVersion, WorkbenchError
from annotations.labelling import assigning
from annotations.labelling.assignment_forms import AssignForm, BalanceForm, MoveForm
from annotations.labelling.assignment_rows import (
    PersonRow,
    article_rows,
    assignable,
    claim_rows,
    people_rows,
    share_rows,
)
from annotations.labelling.holding import assignment_for
from annotations.projects.access import Action, may, require_member
from annotations.projects.models import Membership, Role
from annotations.projects.queries import membership_in
from annotations.web.forms import refuse

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assignments(request: PageRequest, slug: str) -> HttpResponse:
    """Who holds which article (or, by the address, which claim of one); what is ticked is assigned from here."""
    membership = _assigning(request, slug)
    people = people_rows(membership.project)
    if request.method != "POST":
        return _page(request, membership, people)
    form = AssignForm(request.POST, people=_choices(people))
    if not form.is_valid():
        return _page(request, membership, people, status=400, assign_form=form)
    try:
        made = assigning.assign(request.user, slug=slug, **form.cleaned_data)
    except WorkbenchError as error:
        return _page(request, membership, people, status=refuse(form, error), assign_form=form)
    told = ngettext("%(n)d assignment made.", "%(n)d assignments made.", len(made)) % {"n": len(made)}
    messages.success(request, told if made else _("Everybody chosen had these already."))
    return redirect(request.get_full_path())


@require_POST
@login_required
def balance(request: PageRequest, slug: str) -> HttpResponse:
    """Show a plan by chance; where the plan that was shown comes back, make it."""
    membership = _assigning(request, slug)
    people = people_rows(membership.project)
    form = BalanceForm(request.POST, people=_choices(people))
    if not form.is_valid():
        return _page(request, membership, people, status=400, balance_form=form)
    wanted, status, refused = dict(form.cleaned_data), 200, ""
    digest = wanted.pop("plan")
    try:
        if digest:
            assigning.balance(request.user, slug=slug, digest=digest, **wanted)
            messages.success(request, _("Assigned as planned, with seed %(seed)s.") % {"seed": wanted["seed"]})
            return redirect("assignments", slug)
    except StaleVersion as error:
        status, refused = error.status, error.detail
    plan, named = assigning.plan(request.user, slug=slug, **wanted)
    shown = {"plan": plan, "shares": share_rows(plan, named), "refused": refused, "wanted": wanted}
    return _page(request, membership, people, status=status, balance_form=form, **shown)


@require_safe
@login_required
def assignment(request: PageRequest, id: UUID) -> HttpResponse:
    """One assignment: to be given back, and by managers to be given to somebody else."""
    return _one(request, id)


@require_POST
@login_required
def move(request: PageRequest, id: UUID) -> HttpResponse:
    """Give the place to somebody else."""
    try:
        moved = assigning.move(request.user, assignment_id=id, reviewer=request.POST.get("reviewer", ""))
    except NotVisible:
        raise
    except WorkbenchError as error:
        return _one(request, id, status=error.status, refused=error.detail)
    messages.success(request, _("Given to %(name)s.") % {"name": moved.reviewer.get_username()})
    return redirect("assignments", moved.project.slug)


@require_POST
@login_required
def give_back(request: PageRequest, id: UUID) -> HttpResponse:
    """Give the place back."""
    row = assignment_for(request.user, id)
    try:
        assigning.give_back(request.user, assignment_id=id)
    except NotVisible:
        raise
    except WorkbenchError as error:
        return _one(request, id, status=error.status, refused=error.detail)
    messages.success(request, _("Given back: somebody else can have it now."))
    mine = row.reviewer_id == request.user.pk
    return redirect("queue" if mine else "assignments", row.project.slug)


def _assigning(request: PageRequest, slug: str) -> Membership:
    membership = membership_in(request.user, slug)
    require_member(membership, Action.ASSIGN)
    return membership


def _choices(people: list[PersonRow]) -> list[tuple[str, str]]:
    return [(row.name, row.name) for row in people]


def _page(
    request: PageRequest, membership: Membership, people: list[PersonRow], *, status: int = 200, **context: Any
) -> HttpResponse:
    project, reviewer = membership.project, request.GET.get("reviewer", "")
    articles = assignable(request.user, project, reviewer)
    page = Paginator(articles, PER_PAGE).get_page(request.GET.get("page"))
    one = _only(request, project.pk)
    shown: dict[str, Any] = {"membership": membership, "section": "assignments", "page": page, "reviewer": reviewer}
    shown |= {"article": one, "rows": claim_rows(project, one) if one else article_rows(project, list(page))}
    reviewers = [row.name for row in people if row.role == Role.REVIEWER]
    initial = {"reviewers": reviewers, "unit": "articles"}
    shown |= {"people": people, "assign_form": AssignForm(people=_choices(people), auto_id="to_%s")}
    shown |= {"balance_form": BalanceForm(people=_choices(people), initial=initial, auto_id="spread_%s")}
    return render(request, "annotations/labelling/assignments.html", shown | context, status=status)


def _only(request: PageRequest, project: int) -> Article | None:
    """The open article that the address names."""
    try:
        wanted = UUID(request.GET.get("article", ""))
    except ValueError:
        return None
    return Article.objects.filter(pk=wanted, project=project, status=Article.Status.OPEN).defer("text").first()


def _one(request: PageRequest, id: UUID, *, status: int = 200, refused: str = "") -> HttpResponse:
    row = assignment_for(request.user, id)
    membership = membership_in(request.user, row.project.slug)
    assigns = may(membership.role, Action.ASSIGN)
    context: dict[str, Any] = {"membership": membership, "assignment": row, "refused": refused, "assigns": assigns}
    if assigns:
        others = [person.name for person in people_rows(row.project) if person.name != row.reviewer.get_username()]
        context["move_form"] = MoveForm(people=[(name, name) for name in others])
    context["section"] = "assignments" if assigns else "queue"
    return render(request, "annotations/labelling/assignment.html", context, status=status)
