"""Meetings, inside an organization."""

from django.urls import path

from mentoring.meetings.views import (
    agenda,
    commitments,
    goals,
    health,
    logs,
    notes,
    people,
    planning,
    published,
)

PAIR = "pairs/<uuid:pairing_id>/meetings"
MEETING = "pairs/meetings/<uuid:meeting_id>"
POINT = "pairs/meetings/points/<uuid:agenda_item_id>"
GOAL = "pairs/goals/<uuid:goal_id>"
COMMITMENT = "pairs/commitments/<uuid:commitment_id>"
CALENDAR = "pairs/calendar"
SAID = "cohorts/<uuid:cohort_id>/you-said-we-did"

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
    path(f"{CALENDAR}/", people.own_calendar, name="own_calendar"),
    path(f"{CALENDAR}/address/", people.calendar_address, name="calendar_address"),
    path(f"{CALENDAR}/assistant/dismiss/", people.assistant_dismiss, name="assistant_dismiss"),
    path(f"{CALENDAR}/looked-after/", people.assisted_meetings, name="assisted_meetings"),
    path(f"{CALENDAR}/looked-after/<uuid:meeting_id>/", people.assisted_move, name="assisted_move"),
    path("pairs/<uuid:pairing_id>/goals/", goals.pair_goals, name="pair_goals"),
    path(f"{GOAL}/", goals.goal_edit, name="goal_edit"),
    path(f"{GOAL}/move/", goals.goal_move, name="goal_move"),
    path(
        "pairs/<uuid:pairing_id>/commitments/new/",
        commitments.commitment_new,
        name="commitment_new",
    ),
    path(f"{COMMITMENT}/", commitments.commitment_edit, name="commitment_edit"),
    path(f"{COMMITMENT}/move/", commitments.commitment_move, name="commitment_move"),
    path(f"{SAID}/", published.cohort_commitments, name="cohort_commitments"),
    path(
        f"{SAID}/<uuid:published_id>/take-down/",
        published.commitment_take_down,
        name="commitment_take_down",
    ),
    path("you-said-we-did/", published.own_commitments, name="own_commitments"),
]
