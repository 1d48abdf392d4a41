"""Links that work without signing in; their secret says who they are for."""

from django.urls import path

from mentoring.meetings.views import links

urlpatterns = [
    path(
        "calendars/<uuid:organization>/<str:token>.ics", links.calendar_feed, name="calendar_feed"
    ),
    path(
        "meetings/<uuid:organization>/<str:token>/", links.meeting_log_link, name="meeting_log_link"
    ),
]
