"""Routes of the page of searching."""

from django.urls import URLPattern, path

from annotations.search import views

pages: list[URLPattern] = [path("projects/<slug:slug>/search/", views.search, name="search")]
