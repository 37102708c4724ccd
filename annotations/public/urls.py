"""Routes of the public pages; releases name them, so they never change."""

from django.urls import URLPattern, path

from annotations.public import views

pages: list[URLPattern] = [
    path("public/releases/<uuid:id>/", views.release, name="public-release"),
    path("public/releases/<uuid:id>/files/<str:name>", views.release_file, name="public-file"),
    path("public/releases/<uuid:id>/claims/<uuid:claim_id>/", views.claim, name="public-claim"),
]
