"""Routes of the pages of notifications."""

from django.urls import URLPattern, path

from annotations.notifications import views

pages: list[URLPattern] = [
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.notifications_read, name="notifications-read"),
    path("notifications/kinds/", views.notification_kinds, name="notification-kinds"),
    path("notifications/<uuid:id>/open/", views.notification_open, name="notification-open"),
]
