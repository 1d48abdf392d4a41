"""Looking back, feedback and surveys, inside an organization."""

from django.urls import path

from mentoring.feedback.views import closing, feedback, results, surveys

PAIR = "pairs/<uuid:pairing_id>"
FEEDBACK = f"{PAIR}/feedback"
SURVEY = f"{PAIR}/survey/<str:moment>"

urlpatterns = [
    path(f"{PAIR}/closing/", closing.pair_reflection, name="pair_reflection"),
    path(f"{PAIR}/closing/keepsake/", closing.pair_keepsake_choose, name="pair_keepsake_choose"),
    path(f"{PAIR}/closing/keepsake.pdf", closing.pair_keepsake, name="pair_keepsake"),
    path(
        "cohorts/<uuid:cohort_id>/surveys/<str:moment>/",
        results.cohort_results,
        name="cohort_results",
    ),
    path("feedback/", feedback.own_feedback, name="own_feedback"),
    path(f"{FEEDBACK}/", feedback.pair_feedback, name="pair_feedback"),
    path(f"{FEEDBACK}/draft/", feedback.pair_feedback_draft, name="pair_feedback_draft"),
    path(
        f"{FEEDBACK}/received.pdf", feedback.pair_feedback_download, name="pair_feedback_download"
    ),
    path(
        f"{FEEDBACK}/take-back/", feedback.pair_feedback_take_back, name="pair_feedback_take_back"
    ),
    path(f"{FEEDBACK}/thank/", feedback.pair_feedback_thank, name="pair_feedback_thank"),
    path(f"{SURVEY}/", surveys.pair_survey, name="pair_survey"),
    path(f"{SURVEY}/draft/", surveys.pair_survey_draft, name="pair_survey_draft"),
]
