"""The bell and one's own settings, inside an organization."""

from django.urls import path

from mentoring.notices.views import notices, settings

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/settings/", settings.notice_settings, name="notice_settings"),
    path("notices/<uuid:notice_id>/open/", notices.notice_open, name="notice_open"),
    path("notices/<uuid:notice_id>/read/", notices.notice_read, name="notice_read"),
]
