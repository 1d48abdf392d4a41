"""Profiles and enrollment, inside an organization."""

from django.urls import path

from mentoring.profiles import converters
from mentoring.profiles.views import discover, enrollment, participation, profile

converters.register()

COHORT = "taking-part/<uuid:cohort_id>/<side:side>"
OWN = "taking-part/own/<uuid:participant_id>"

urlpatterns = [
    path("taking-part/", participation.taking_part, name="taking_part"),
    path(f"{COHORT}/", enrollment.enroll, name="enroll"),
    path(f"{COHORT}/done/", enrollment.enrolled, name="enrolled"),
    path(f"{COHORT}/<step:step>/", enrollment.enroll_step, name="enroll_step"),
    path(f"{OWN}/withdraw/", participation.participation_withdraw, name="participation_withdraw"),
    path(f"{OWN}/pause/", participation.participation_pause, name="participation_pause"),
    path(f"{OWN}/resume/", participation.participation_resume, name="participation_resume"),
    path(
        f"{OWN}/preparation/<uuid:item_id>/",
        participation.preparation_done,
        name="preparation_done",
    ),
    path("profile/", profile.own_profile, name="own_profile"),
    path("profile/<direction:direction>/", profile.own_topics, name="own_topics"),
    path("discover/", discover.discover, name="discover"),
]
