"""The routes of the tests before those of the product, whose pages every page links to."""

from django.urls import include, path

from tests.web import endpoints

handler400 = "annotations.web.handlers.bad_request"
handler403 = "annotations.web.handlers.permission_denied"
handler404 = "annotations.web.handlers.not_found"
handler500 = "annotations.web.handlers.server_error"

urlpatterns = [
    path("api/v1/notes/", endpoints.Notes.as_view()),
    path("api/v1/tokens/", endpoints.Tokens.as_view()),
    path("api/v1/newest/", endpoints.NewestTokens.as_view()),
    path("api/v1/versions/<int:number>/", endpoints.Versioned.as_view()),
    path("api/v1/raise/<name>/", endpoints.Raising.as_view()),
    path("api/v1/upload/", endpoints.Upload.as_view()),
    path("api/v1/forms/", endpoints.TwoForms.as_view()),
    path("api/v1/public/", endpoints.Public.as_view()),
    path("api/v1/database/<what>/", endpoints.Database.as_view()),
    path("pages/raise/<name>/", endpoints.page),
    path("pages/async/<name>/", endpoints.async_page),
    path("pages/killed/", endpoints.killed_page),
    path("pages/killed-session/", endpoints.killed_session_page),
    path("pages/quiet/", endpoints.quiet_page),
    path("pages/cached/", endpoints.cached_page),
    path("pages/form/", endpoints.form_page),
    path("pages/parts/", endpoints.parts_page),
    path("pages/async-parts/", endpoints.async_parts_page),
    path("pages/broken/", endpoints.broken_page),
    path("pages/file/", endpoints.file_page),
    path("", include("annotations.urls")),
]
