"""One cohort."""

from django.urls import path

from programs.views import cohorts, eligibility, outlook

urlpatterns = [
    path("", cohorts.cohort, name="cohort"),
    path("edit/", cohorts.cohort_edit, name="cohort_edit"),
    path("delete/", cohorts.cohort_delete, name="cohort_delete"),
    path("eligibility/", eligibility.cohort_eligibility, name="cohort_eligibility"),
    path(
        "eligibility/count/", eligibility.cohort_eligibility_count, name="cohort_eligibility_count"
    ),
    path("preflight/", cohorts.cohort_preflight, name="cohort_preflight"),
    path("next-30-days/", outlook.cohort_outlook, name="cohort_outlook"),
    path("advance/", cohorts.cohort_advance, name="cohort_advance"),
]
