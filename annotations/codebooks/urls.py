"""Routes of the pages of codebooks and new projects."""

from django.urls import URLPattern, path

from annotations.codebooks import views

pages: list[URLPattern] = [
    path("projects/new/", views.project_new, name="project-new"),
    path("projects/<slug:slug>/codebook/", views.codebook, name="codebook"),
]
