"""Routes of the pages of articles that need nothing of claims or labels."""

from django.urls import URLPattern, path

from annotations.articles import views

pages: list[URLPattern] = [
    path("articles/<uuid:id>/provenance/", views.provenance, name="article-provenance"),
    path("articles/<uuid:id>/discard/", views.discard, name="article-discard"),
]
