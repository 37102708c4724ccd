"""The project's routes: all of them are the app's."""

from django.urls import include, path

urlpatterns = [path("", include("annotations.urls"))]
