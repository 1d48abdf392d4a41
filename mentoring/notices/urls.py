"""The bell, one's own settings and the words of mails, inside an organization."""

from django.urls import include, path

from mentoring.notices.views import notices, settings, texts

# One mail in one language.
TEXT = [
    path("", texts.mail_text, name="mail_text"),
    path("preview/", texts.mail_text_preview, name="mail_text_preview"),
    path("frame/", texts.mail_text_frame, name="mail_text_frame"),
    path("reset/", texts.mail_text_reset, name="mail_text_reset"),
    path("versions/<uuid:text_id>/restore/", texts.mail_text_restore, name="mail_text_restore"),
]
urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices_read"),
    path("notices/settings/", settings.notice_settings, name="notice_settings"),
    path("settings/mails/", texts.mail_texts, name="mail_texts"),
    path("settings/mails/<str:kind>/<str:case>/<str:language>/", include(TEXT)),
    path("notices/<uuid:notice_id>/open/", notices.notice_open, name="notice_open"),
    path("notices/<uuid:notice_id>/read/", notices.notice_read, name="notice_read"),
]
