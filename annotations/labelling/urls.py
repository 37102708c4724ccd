"""Routes of the pages of articles and labels."""

from django.urls import URLPattern, path

from annotations.labelling import views

pages: list[URLPattern] = [
    path("projects/<slug:slug>/articles/", views.articles, name="articles"),
    path("projects/<slug:slug>/queue/", views.queue, name="queue"),
    path("articles/<uuid:id>/", views.article, name="article"),
    path("articles/<uuid:id>/hand-in/", views.hand_in, name="article-hand-in"),
    path("articles/<uuid:id>/close/", views.article_close, name="article-close"),
    path("claims/<uuid:id>/label/", views.label_save, name="label-save"),
]
