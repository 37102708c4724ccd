"""Routes of the pages of bringing in what another tool made."""

from django.urls import URLPattern, path

from annotations.importing import views

pages: list[URLPattern] = [
    path("projects/<slug:slug>/imports/file/", views.outside_new, name="outside-new"),
    path("imports/<uuid:id>/file/", views.outside, name="outside"),
]
