"""Routes of people's pages."""

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from annotations.accounts import views

pages: list[URLPattern] = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/<str:secret>/", views.sign_in_link, name="sign-in-link"),
    path("sign-out/", require_POST(LogoutView.as_view()), name="sign-out"),
    path("account/", views.account, name="account"),
    path("account/password/", views.password, name="account-password"),
    path("account/presence/", views.presence, name="account-presence"),
    path("account/tokens/", views.token_new, name="token-new"),
    path("account/tokens/<uuid:id>/revoke/", views.token_revoke, name="token-revoke"),
]
