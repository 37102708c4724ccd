"""Routes of the pages of disagreements, and of what a new version of the codebook asks to look at again."""

from django.urls import URLPattern, path

from annotations.adjudication import codebook_pages, views

pages: list[URLPattern] = [
    path("projects/<slug:slug>/disputes/", views.disputes, name="disputes"),
    path("projects/<slug:slug>/codebook/new/", codebook_pages.codebook_new, name="codebook-new"),
    path("projects/<slug:slug>/second-looks/", codebook_pages.second_looks, name="second-looks"),
    path("claims/<uuid:id>/second-look/", codebook_pages.claim_stays, name="claim-stays"),
    path("claims/<uuid:id>/decide/", views.claim_decide, name="claim-decide"),
]
