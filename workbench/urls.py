"""The project's routes: all of them are the app's."""

from django.urls import include, path

from annotations.web import handlers

urlpatterns = [path("", include("annotations.urls"))]

handler400 = handlers.bad_request
handler403 = handlers.permission_denied
handler404 = handlers.not_found
handler500 = handlers.server_error
