"""The studio, inside a cohort of an organization."""

from django.urls import path

from mentoring.matching.views import (
    choosing,
    exceptions,
    pairs,
    publishing,
    review,
    runs,
    studio,
    summary,
    weights,
)

HERE = "cohorts/<uuid:cohort_id>/matching"
RUN = f"{HERE}/runs/<uuid:run_id>"
PAIR = f"{RUN}/pairs/<uuid:mentor_id>/<uuid:mentee_id>"

urlpatterns = [
    path(f"{HERE}/", studio.cohort_matching, name="cohort_matching"),
    path(f"{HERE}/left-out/", studio.cohort_matching_left_out, name="cohort_matching_left_out"),
    path(f"{HERE}/start/", studio.cohort_matching_start, name="cohort_matching_start"),
    path(f"{HERE}/weights/", weights.cohort_matching_weights, name="cohort_matching_weights"),
    path(
        f"{HERE}/trials/<uuid:trial_id>/",
        weights.cohort_matching_trial,
        name="cohort_matching_trial",
    ),
    path(
        f"{HERE}/exceptions/",
        exceptions.cohort_matching_exceptions,
        name="cohort_matching_exceptions",
    ),
    path(
        f"{HERE}/exceptions/<uuid:wish_id>/",
        exceptions.cohort_matching_decide,
        name="cohort_matching_decide",
    ),
    path(f"{HERE}/summary/", summary.cohort_matching_summary, name="cohort_matching_summary"),
    path(f"{RUN}/", runs.cohort_matching_run, name="cohort_matching_run"),
    path(f"{RUN}/cancel/", runs.cohort_matching_cancel, name="cohort_matching_cancel"),
    path(f"{RUN}/pairs/", review.cohort_matching_pairs, name="cohort_matching_pairs"),
    path(f"{RUN}/rest/", review.cohort_matching_rest, name="cohort_matching_rest"),
    path(f"{RUN}/publish/", publishing.cohort_matching_publish, name="cohort_matching_publish"),
    path(
        f"{RUN}/publications/<uuid:publication_id>/",
        publishing.cohort_matching_publication,
        name="cohort_matching_publication",
    ),
    path(f"{RUN}/choose/", choosing.cohort_matching_choose, name="cohort_matching_choose"),
    path(f"{PAIR}/", pairs.cohort_matching_pair, name="cohort_matching_pair"),
    path(f"{PAIR}/outlook/", pairs.cohort_matching_outlook, name="cohort_matching_outlook"),
    path(f"{PAIR}/wish/", pairs.cohort_matching_wish, name="cohort_matching_wish"),
]
