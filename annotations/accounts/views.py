"""Pages of people: signing in and out, and one's own account."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts import services
from annotations.accounts.forms import PasswordForm, SignInForm, TokenForm
from annotations.accounts.links import user_of_link
from annotations.accounts.queries import tokens_of
from annotations.accounts.requests import PageRequest
from annotations.errors import WorkbenchError
from annotations.web.forms import refuse

BACKEND = "django.contrib.auth.backends.ModelBackend"

sign_in = require_http_methods(["GET", "HEAD", "POST"])(
    LoginView.as_view(
        template_name="annotations/accounts/sign_in.html",
        authentication_form=SignInForm,
        redirect_authenticated_user=True,
    )
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, secret: str) -> HttpResponse:
    """A one-time link. Looking at it changes nothing, so that previews of messages do not use it up."""
    used = request.method == "POST"
    person = services.use_sign_in_secret(secret) if used else user_of_link(secret)
    if person is None:
        return render(request, "annotations/accounts/link_over.html", status=410)
    if not used:
        return render(request, "annotations/accounts/sign_in_link.html", {"person": person})
    login(request, person, backend=BACKEND)
    return redirect("home")


@require_safe
@login_required
def account(request: PageRequest) -> HttpResponse:
    """Who I am, my password, my tokens."""
    return _account(request)


@require_POST
@login_required
def password(request: PageRequest) -> HttpResponse:
    """Set or change my password; other browsers are signed out by it."""
    form = PasswordForm(request.POST, has_password=request.user.has_usable_password())
    if not form.is_valid():
        return _account(request, status=400, password_form=form)
    present = form.cleaned_data.get("present")
    if present is not None and not request.user.check_password(present):
        form.add_error("present", _("This is not your present password."))
        return _account(request, status=400, password_form=form)
    try:
        services.set_password(request.user, password=form.cleaned_data["password"])
    except WorkbenchError as error:
        return _account(request, status=refuse(form, error), password_form=form)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Your password is set. Other browsers you were signed in with are signed out."))
    return redirect("account")


@require_POST
@login_required
def presence(request: PageRequest) -> HttpResponse:
    """Let others see that I am here, or not."""
    shown = bool(request.POST.get("shown"))
    services.show_presence(request.user, shown=shown)
    told = _("Others see where you are, in projects that show it.") if shown else _("Nobody sees where you are.")
    messages.success(request, told)
    return redirect("account")


@require_POST
@login_required
def token_new(request: PageRequest) -> HttpResponse:
    """Make a token; this answer is the only place its key is ever shown."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _account(request, status=400, token_form=form)
    token, key = services.create_token(request.user, name=form.cleaned_data["name"])
    return _account(request, status=201, new_token=token, key=key)


@require_POST
@login_required
def token_revoke(request: PageRequest, id: UUID) -> HttpResponse:
    """End one of my tokens."""
    services.revoke_token(request.user, token_id=id)
    messages.success(request, _("The token is revoked: programs that use it are refused from now on."))
    return redirect("account")


def _account(request: PageRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    has_password = request.user.has_usable_password()
    page = {
        "has_password": has_password,
        "password_form": PasswordForm(has_password=has_password),
        "token_form": TokenForm(),
        "tokens": tokens_of(request.user),
        **context,
    }
    return render(request, "annotations/accounts/account.html", page, status=status)
