"""The composition root: every address of the product."""

from django.conf import settings
from django.urls import include, path

handler400 = "mentoring.lib.errors.handler400"
handler403 = "mentoring.lib.errors.handler403"
handler404 = "mentoring.lib.errors.handler404"
handler429 = "mentoring.lib.errors.too_many_requests"
handler500 = "mentoring.lib.errors.handler500"

urlpatterns = [
    path("", include("mentoring.console.urls")),
    path("", include("accounts.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("o/<slug:organization>/", include("accounts.organization_urls")),
    path("o/<slug:organization>/", include("mentoring.notices.urls")),
    path("o/<slug:organization>/", include("programs.urls")),
    path("o/<slug:organization>/", include("mentoring.profiles.urls")),
    path("o/<slug:organization>/", include("mentoring.pairings.urls")),
    path("o/<slug:organization>/", include("mentoring.matching.suggestion_urls")),
    path("o/<slug:organization>/", include("mentoring.matching.urls")),
    path("o/<slug:organization>/", include("mentoring.meetings.urls")),
    path("o/<slug:organization>/", include("mentoring.checkins.urls")),
    path("o/<slug:organization>/", include("mentoring.feedback.urls")),
    path("o/<slug:organization>/", include("mentoring.reports.urls")),
    path("", include("mentoring.meetings.link_urls")),
    path("", include("mentoring.checkins.link_urls")),
    path("", include("mentoring.notices.link_urls")),
]

if settings.DEVELOPMENT:
    urlpatterns += [
        path("dev/gallery/", include("mentoring.gallery.urls")),
        path("dev/mail/", include("mentoring.outbox.mailbox_urls")),
    ]
