"""Proposals, requests and pairs, inside an organization."""

from django.urls import path

from mentoring.pairings.views import (
    agreements,
    answers,
    breaks,
    closings,
    cohorts,
    concerns,
    messages,
    pairs,
    rematch,
    requests,
)

PAIR = "pairs/<uuid:pairing_id>"

urlpatterns = [
    path("pairs/", pairs.pairs, name="pairs"),
    path("pairs/request/<uuid:partner_id>/", requests.pair_request, name="pair_request"),
    path(f"{PAIR}/", pairs.pair, name="pair"),
    path(f"{PAIR}/accept/", answers.pair_accept, name="pair_accept"),
    path(f"{PAIR}/decline/", answers.pair_decline, name="pair_decline"),
    path(f"{PAIR}/take-back/", answers.pair_take_back, name="pair_take_back"),
    path(f"{PAIR}/pause/", breaks.pair_pause, name="pair_pause"),
    path(f"{PAIR}/resume/", breaks.pair_resume, name="pair_resume"),
    path(f"{PAIR}/rematch/", rematch.pair_rematch, name="pair_rematch"),
    path(f"{PAIR}/hand/", rematch.pair_hand, name="pair_hand"),
    path(f"{PAIR}/step-out/", answers.pair_step_out, name="pair_step_out"),
    path(f"{PAIR}/ending/", closings.pair_ending, name="pair_ending"),
    path(f"{PAIR}/ending/begin/", closings.pair_closing, name="pair_closing"),
    path(f"{PAIR}/ending/complete/", closings.pair_closing_complete, name="pair_closing_complete"),
    path(
        f"{PAIR}/ending/take-back/", closings.pair_closing_take_back, name="pair_closing_take_back"
    ),
    path(f"{PAIR}/agreement/", agreements.pair_agreement, name="pair_agreement"),
    path(
        f"{PAIR}/agreement/propose/",
        agreements.pair_agreement_propose,
        name="pair_agreement_propose",
    ),
    path(
        f"{PAIR}/agreement/confirm/",
        agreements.pair_agreement_confirm,
        name="pair_agreement_confirm",
    ),
    path(
        f"{PAIR}/agreement/withdraw/",
        agreements.pair_agreement_withdraw,
        name="pair_agreement_withdraw",
    ),
    path(f"{PAIR}/messages/", messages.pair_messages, name="pair_messages"),
    path(
        f"{PAIR}/messages/<uuid:pair_message_id>/take-back/",
        messages.pair_message_take_back,
        name="pair_message_take_back",
    ),
    path(f"{PAIR}/concern/", concerns.pair_concern, name="pair_concern"),
    path("pairs/concerns/", concerns.concerns, name="concerns"),
    path("pairs/concerns/<uuid:concern_id>/", concerns.concern, name="concern"),
    path(
        "pairs/concerns/<uuid:concern_id>/hand-on/",
        concerns.concern_hand_on,
        name="concern_hand_on",
    ),
    path("cohorts/<uuid:cohort_id>/pairs/", cohorts.cohort_pairs, name="cohort_pairs"),
    path(
        "cohorts/<uuid:cohort_id>/health/<uuid:pairing_id>/end/",
        rematch.cohort_pair_end,
        name="cohort_pair_end",
    ),
    path(
        "cohorts/<uuid:cohort_id>/health/<uuid:pairing_id>/helped/",
        rematch.cohort_pair_helped,
        name="cohort_pair_helped",
    ),
]
