"""The people of a cohort: list, invitations, messages and circles."""

from django.urls import path

from programs.views import (
    announcements,
    circles,
    cohort_invitations,
    own_cohorts,
    participants,
    people,
)

PERSON = "people/<uuid:participant_id>/"
CIRCLE = "circles/<uuid:circle_id>/"

urlpatterns = [
    path("people/", people.cohort_people, name="cohort_people"),
    path("people/act/", people.cohort_people_act, name="cohort_people_act"),
    path("people/next/", people.cohort_people_next, name="cohort_people_next"),
    path(PERSON, participants.cohort_person, name="cohort_person"),
    path(
        f"{PERSON}preparation/", participants.cohort_person_prepared, name="cohort_person_prepared"
    ),
    path("invitations/", cohort_invitations.cohort_invite, name="cohort_invite"),
    path("invitations/new/", cohort_invitations.cohort_invite_new, name="cohort_invite_new"),
    path(
        "invitations/remind/", cohort_invitations.cohort_invite_remind, name="cohort_invite_remind"
    ),
    path(
        "invitations/personal/",
        own_cohorts.cohort_invite_personally,
        name="cohort_invite_personally",
    ),
    path("no-thanks/", own_cohorts.cohort_no_thanks, name="cohort_no_thanks"),
    path("messages/", announcements.cohort_announcements, name="cohort_announcements"),
    path("messages/new/", announcements.cohort_announcement_new, name="cohort_announcement_new"),
    path(
        "messages/<uuid:announcement_id>/",
        announcements.cohort_announcement,
        name="cohort_announcement",
    ),
    path("circles/", circles.cohort_circles, name="cohort_circles"),
    path("circles/new/", circles.cohort_circle_new, name="cohort_circle_new"),
    path(CIRCLE, circles.cohort_circle, name="cohort_circle"),
    path(f"{CIRCLE}edit/", circles.cohort_circle_edit, name="cohort_circle_edit"),
    path(f"{CIRCLE}cancel/", circles.cohort_circle_cancel, name="cohort_circle_cancel"),
]
