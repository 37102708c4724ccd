"""The page on which somebody erases themself."""

from typing import Any

from django import forms
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from annotations.accounts.requests import PageRequest
from annotations.erasure.services import erase_person
from annotations.errors import WorkbenchError
from annotations.web.forms import form_page, refuse

PAGE = "annotations/erasure/erase.html"


class EraseForm(forms.Form):
    """The person's name, typed by them; and their password, where they have one."""

    confirmed = forms.CharField(
        label=_("Your name, to confirm"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "dir": "auto"}),
    )
    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if not person.has_usable_password():
            del self.fields["present"]

    def clean_present(self) -> str:
        """The password; refused where it is another."""
        present: str = self.cleaned_data["present"]
        if not self.person.check_password(present):
            raise forms.ValidationError(_("This is not your present password."))
        return present


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def account_erase(request: PageRequest) -> HttpResponse:
    """What goes and what stays; then it is done, and the person is signed out."""
    form = EraseForm(request.POST if request.method == "POST" else None, person=request.user)
    if not form.is_valid():
        return form_page(request, PAGE, form)
    try:
        erased = erase_person(request.user, confirmed=form.cleaned_data["confirmed"])
    except WorkbenchError as error:
        return form_page(request, PAGE, form, status=refuse(form, error))
    logout(request)
    return render(request, "annotations/erasure/erased.html", {"name": erased.get_username()})
