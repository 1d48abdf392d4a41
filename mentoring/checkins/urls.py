"""Check-ins, inside an organization."""

from django.urls import path

from mentoring.checkins.views import checkins

PAIR = "pairs/<uuid:pairing_id>"

urlpatterns = [
    path(f"{PAIR}/check-in/", checkins.pair_check_in, name="pair_check_in"),
    path(f"{PAIR}/check-in/day/", checkins.pair_check_in_day, name="pair_check_in_day"),
    path(
        f"{PAIR}/check-in/<str:said>/", checkins.pair_check_in_answer, name="pair_check_in_answer"
    ),
]
