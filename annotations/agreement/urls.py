"""Route of the page of agreement."""

from django.urls import URLPattern, path

from annotations.agreement import views

pages: list[URLPattern] = [path("projects/<slug:slug>/agreement/", views.agreement, name="agreement")]
