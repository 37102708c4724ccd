"""Routes of erasing."""

from django.urls import URLPattern, path

from annotations.erasure import views

pages: list[URLPattern] = [path("account/erase/", views.account_erase, name="account-erase")]
