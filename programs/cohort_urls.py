"""One cohort."""

from django.urls import path

from programs.views import cohorts, eligibility

urlpatterns = [
    path("", cohorts.cohort, name="cohort"),
    path("edit/", cohorts.cohort_edit, name="cohort_edit"),
    path("delete/", cohorts.cohort_delete, name="cohort_delete"),
    path("eligibility/", eligibility.cohort_eligibility, name="cohort_eligibility"),
    path(
        "eligibility/count/", eligibility.cohort_eligibility_count, name="cohort_eligibility_count"
    ),
    path("preflight/", cohorts.cohort_preflight, name="cohort_preflight"),
    path("advance/", cohorts.cohort_advance, name="cohort_advance"),
]
