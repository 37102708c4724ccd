"""Routes of the pages that look across the stages."""

from django.urls import URLPattern, path

from annotations.live import views

pages: list[URLPattern] = [
    path("", views.home, name="home"),
    path("projects/<slug:slug>/", views.project, name="project"),
    path("projects/<slug:slug>/figures/", views.figures, name="figures"),
    path("projects/<slug:slug>/log/", views.log, name="log"),
]
