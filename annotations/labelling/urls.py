"""Routes of the pages of articles and labels."""

from django.urls import URLPattern, path

from annotations.labelling import assignment_views, views

pages: list[URLPattern] = [
    path("projects/<slug:slug>/articles/", views.articles, name="articles"),
    path("projects/<slug:slug>/queue/", views.queue, name="queue"),
    path("projects/<slug:slug>/queue/next/", views.queue_next, name="queue-next"),
    path("projects/<slug:slug>/assignments/", assignment_views.assignments, name="assignments"),
    path("projects/<slug:slug>/assignments/balance/", assignment_views.balance, name="assignments-balance"),
    path("assignments/<uuid:id>/", assignment_views.assignment, name="assignment"),
    path("assignments/<uuid:id>/move/", assignment_views.move, name="assignment-move"),
    path("assignments/<uuid:id>/give-back/", assignment_views.give_back, name="assignment-give-back"),
    path("articles/<uuid:id>/", views.article, name="article"),
    path("articles/<uuid:id>/hand-in/", views.hand_in, name="article-hand-in"),
    path("articles/<uuid:id>/close/", views.article_close, name="article-close"),
    path("claims/<uuid:id>/label/", views.label_save, name="label-save"),
]
