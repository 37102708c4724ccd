"""How a form page shows a refusal: every sentence at its field, with everything typed kept."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.errors import WorkbenchError


def refuse(form: forms.Form, error: WorkbenchError) -> int:
    """Put a service's refusal into the form it came from, at its fields or over the form; the HTTP status."""
    at_fields = {name: sentences for name, sentences in error.errors.items() if name in form.fields}
    for name, sentences in at_fields.items():
        for sentence in sentences:
            form.add_error(name, sentence)
    if not at_fields:
        form.add_error(None, error.detail)
    return error.status


def form_page(
    request: HttpRequest, template: str, form: forms.Form, *, status: int | None = None, **context: Any
) -> HttpResponse:
    """The page with its form; 400 where the form has errors and no `status` says better."""
    bad = form.is_bound and not form.is_valid()
    return render(request, template, {"form": form, **context}, status=status or (400 if bad else 200))
