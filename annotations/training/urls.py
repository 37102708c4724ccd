"""Routes of the pages of the training."""

from django.urls import URLPattern, path

from annotations.training import views

pages: list[URLPattern] = [
    path("projects/<slug:slug>/training/", views.training, name="training"),
    path("projects/<slug:slug>/training/begin/", views.begin, name="training-begin"),
    path("projects/<slug:slug>/training/gold/", views.gold, name="training-gold"),
    path("projects/<slug:slug>/training/gold/examples/", views.examples, name="training-examples"),
    path("projects/<slug:slug>/training/gold/<uuid:id>/", views.gold_edit, name="training-gold-edit"),
    path("projects/<slug:slug>/training/gold/<uuid:id>/move/", views.gold_move, name="training-gold-move"),
    path("projects/<slug:slug>/training/gold/<uuid:id>/remove/", views.gold_remove, name="training-gold-remove"),
]
