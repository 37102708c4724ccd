"""Routes of the pages of members, invitations and settings."""

from django.urls import URLPattern, path

from annotations.projects import views

pages: list[URLPattern] = [
    path("invitations/<str:secret>/", views.invitation, name="invitation"),
    path("projects/<slug:slug>/members/", views.members, name="members"),
    path("projects/<slug:slug>/members/add/", views.member_add, name="member-add"),
    path("projects/<slug:slug>/members/invite/", views.invite, name="invite"),
    path("projects/<slug:slug>/members/<str:username>/role/", views.member_role, name="member-role"),
    path("projects/<slug:slug>/members/<str:username>/remove/", views.member_remove, name="member-remove"),
    path("projects/<slug:slug>/invitations/<uuid:id>/revoke/", views.invitation_revoke, name="invitation-revoke"),
    path("projects/<slug:slug>/settings/", views.project_settings, name="project-settings"),
]
