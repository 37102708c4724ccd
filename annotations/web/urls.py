"""Routes that belong to no stage of the work."""

from django.urls import path
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import RedirectView
from django.views.i18n import set_language

from annotations.web import docs, health

EXPLAINED = "/api/v1/docs/#problem-%(code)s"

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/schema/", docs.SchemaView.as_view(), name="api-schema"),
    path("api/v1/docs/", docs.api_docs, name="api-docs"),
    path("language/", require_POST(set_language), name="language"),
    path("problems/<slug:code>", require_safe(RedirectView.as_view(url=EXPLAINED)), name="problem"),
]
