"""Meetings, inside an organization."""

from django.urls import path

from mentoring.meetings.views import agenda, health, logs, notes, people, planning

PAIR = "pairs/<uuid:pairing_id>/meetings"
MEETING = "meetings/<uuid:meeting_id>"
POINT = "meetings/points/<uuid:agenda_item_id>"

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
    path(f"{MEETING}/agenda/", agenda.meeting_agenda, name="meeting_agenda"),
    path(f"{MEETING}/agenda/add/", agenda.meeting_agenda_add, name="meeting_agenda_add"),
    path(
        f"{MEETING}/agenda/take-over/",
        agenda.meeting_agenda_take_over,
        name="meeting_agenda_take_over",
    ),
    path(f"{MEETING}/shared-note/", notes.meeting_shared_note, name="meeting_shared_note"),
    path(f"{MEETING}/private-note/", notes.meeting_private_note, name="meeting_private_note"),
    path(f"{POINT}/change/", agenda.agenda_item_change, name="agenda_item_change"),
    path(f"{POINT}/done/", agenda.agenda_item_done, name="agenda_item_done"),
    path(f"{POINT}/move/", agenda.agenda_item_move, name="agenda_item_move"),
    path(f"{POINT}/decline/", agenda.agenda_item_decline, name="agenda_item_decline"),
    path(f"{POINT}/remove/", agenda.agenda_item_remove, name="agenda_item_remove"),
    path(f"{POINT}/restore/", agenda.agenda_item_restore, name="agenda_item_restore"),
    path("calendar/", people.own_calendar, name="own_calendar"),
    path("calendar/address/", people.calendar_address, name="calendar_address"),
    path("calendar/assistant/dismiss/", people.assistant_dismiss, name="assistant_dismiss"),
    path("calendar/looked-after/", people.assisted_meetings, name="assisted_meetings"),
    path("calendar/looked-after/<uuid:meeting_id>/", people.assisted_move, name="assisted_move"),
]
