"""Routes of the pages of units."""

from django.urls import URLPattern, path

from annotations.claims import import_views, views

pages: list[URLPattern] = [
    path("projects/<slug:slug>/articles/new/", views.article_new, name="article-new"),
    path("projects/<slug:slug>/imports/", import_views.import_begin, name="import-begin"),
    path("articles/<uuid:id>/fetch/", import_views.article_fetch, name="article-fetch"),
    path("articles/<uuid:id>/carried/", import_views.article_carried, name="article-carried"),
    path("imports/<uuid:id>/", import_views.import_preview, name="import"),
    path("articles/<uuid:id>/claims/", views.claim_add, name="claim-add"),
    path("articles/<uuid:id>/merge/", views.claim_merge, name="claim-merge"),
    path("articles/<uuid:id>/open/", views.article_open, name="article-open"),
    path("claims/<uuid:id>/split/", views.claim_split, name="claim-split"),
    path("claims/<uuid:id>/span/", views.claim_span, name="claim-span"),
    path("claims/<uuid:id>/proposition/", views.claim_proposition, name="claim-proposition"),
    path("claims/<uuid:id>/dismiss/", views.claim_dismiss, name="claim-dismiss"),
]
