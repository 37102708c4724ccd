"""Routes of the pages of releases."""

from django.urls import URLPattern, path

from annotations.releases import views

pages: list[URLPattern] = [
    path("projects/<slug:slug>/releases/", views.releases, name="releases"),
    path("projects/<slug:slug>/releases/new/", views.release_new, name="release-new"),
    path("releases/<uuid:id>/", views.release, name="release"),
    path("releases/<uuid:id>/withdraw/", views.release_withdraw, name="release-withdraw"),
    path("releases/<uuid:id>/files/<str:name>", views.release_file, name="release-file"),
]
