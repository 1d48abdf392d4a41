"""Meetings, inside an organization."""

from django.urls import path

from mentoring.meetings.views import health, logs, people, planning

PAIR = "pairs/<uuid:pairing_id>/meetings"
MEETING = "meetings/<uuid:meeting_id>"

urlpatterns = [
    path(f"{PAIR}/", logs.pair_meetings, name="pair_meetings"),
    path(f"{PAIR}/plan/", planning.meeting_plan, name="meeting_plan"),
    path(f"{PAIR}/log/", logs.meeting_log, name="meeting_log"),
    path(f"{MEETING}/move/", planning.meeting_move, name="meeting_move"),
    path(f"{MEETING}/cancel/", planning.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}/held/", logs.meeting_held, name="meeting_held"),
    path(f"{MEETING}/correct/", logs.meeting_correct, name="meeting_correct"),
    path(f"{MEETING}/take-back/", logs.meeting_take_back, name="meeting_take_back"),
    path("cohorts/<uuid:cohort_id>/health/", health.cohort_health, name="cohort_health"),
    path("calendar/", people.own_calendar, name="own_calendar"),
    path("calendar/address/", people.calendar_address, name="calendar_address"),
    path("calendar/assistant/dismiss/", people.assistant_dismiss, name="assistant_dismiss"),
    path("calendar/looked-after/", people.assisted_meetings, name="assisted_meetings"),
    path("calendar/looked-after/<uuid:meeting_id>/", people.assisted_move, name="assisted_move"),
]
