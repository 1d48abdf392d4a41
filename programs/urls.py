"""Programs, inside an organization."""

from django.urls import include, path

from programs.views import cohorts, own_cohorts, program_new, programs

urlpatterns = [
    path("programs/", programs.programs, name="programs"),
    path("programs/new/", program_new.program_new, name="program_new"),
    path("programs/<uuid:program_id>/", include("programs.program_urls")),
    path("programs/<uuid:program_id>/cohorts/new/", cohorts.cohort_new, name="cohort_new"),
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("cohorts/<uuid:cohort_id>/", include("programs.cohort_urls")),
    path("cohorts/<uuid:cohort_id>/", include("programs.people_urls")),
    path("sponsoring/", own_cohorts.own_sponsoring, name="own_sponsoring"),
    path("circles/", own_cohorts.own_circles, name="own_circles"),
    path("", include("programs.topic_urls")),
    path("", include("programs.library_urls")),
    path("people/<uuid:member_id>/programs/", programs.program_reach, name="program_reach"),
]
