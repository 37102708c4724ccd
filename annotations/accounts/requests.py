"""Requests as they reach a view that only signed-in people get to: for the types, the user is a `User`."""

from django.http import HttpRequest
from rest_framework.request import Request

from annotations.accounts.models import User


class PageRequest(HttpRequest):
    """A page's request after `login_required`."""

    user: User


class ApiRequest(Request):
    """An endpoint's request after `IsAuthenticated`."""

    user: User
