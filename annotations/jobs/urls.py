"""Routes of the pages of jobs."""

from django.urls import URLPattern, path

from annotations.jobs import views

pages: list[URLPattern] = [
    path("jobs/<uuid:id>/", views.job, name="job"),
    path("jobs/<uuid:id>/cancel/", views.job_cancel, name="job-cancel"),
]
