"""Routes of the pages of disagreements."""

from django.urls import URLPattern, path

from annotations.adjudication import views

pages: list[URLPattern] = [
    path("projects/<slug:slug>/disputes/", views.disputes, name="disputes"),
    path("claims/<uuid:id>/decide/", views.claim_decide, name="claim-decide"),
]
