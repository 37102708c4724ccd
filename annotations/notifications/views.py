"""Pages of notifications."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.accounts.requests import PageRequest
from annotations.errors import InvalidInput
from annotations.notifications import services
from annotations.notifications.models import Kind
from annotations.notifications.queries import listed
from annotations.notifications.wording import KINDS, leads_to

A_PAGE = 50


class ReadForm(forms.Form):
    """Everything is read, up to the newest that was shown."""

    until = forms.UUIDField(required=False)


@require_safe
@login_required
def notifications(request: PageRequest) -> HttpResponse:
    """What others did that concerns me, newest first."""
    page = Paginator(listed(request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, KINDS[one.kind].did, leads_to(one)) for one in page]
    newest = listed(request.user).values_list("pk", flat=True).first()
    context = {"page": page, "rows": rows, "newest": newest}
    return render(request, "annotations/notifications/notifications.html", context)


@require_POST
@login_required
def notification_open(request: PageRequest, id: UUID) -> HttpResponse:
    """Mark one as read and go where it leads, or with `stay` back to the list."""
    found = services.mark_read(request.user, notification_id=id)
    return redirect("notifications") if request.POST.get("stay") else redirect(leads_to(found))


@require_POST
@login_required
def notifications_read(request: PageRequest) -> HttpResponse:
    """Mark as read what I have been shown."""
    form = ReadForm(request.POST)
    if not form.is_valid():
        raise InvalidInput.field("until", _("This names no notification."))
    services.mark_all_read(request.user, until=form.cleaned_data["until"])
    return redirect("notifications")


@require_POST
@login_required
def notification_kinds(request: PageRequest) -> HttpResponse:
    """Be told of the kinds that are ticked, and of no others."""
    wanted = set(request.POST.getlist("wanted"))
    services.choose_kinds(request.user, unwanted=[kind.value for kind in Kind if kind not in wanted])
    messages.success(request, _("Saved."))
    return redirect("account")
