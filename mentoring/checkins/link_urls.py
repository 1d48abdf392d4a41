"""The links of a check-in's mail, which work without signing in."""

from django.urls import path

from mentoring.checkins.views import links

urlpatterns = [
    path(
        "check-ins/<uuid:organization>/<str:token>/<str:said>/",
        links.check_in_link,
        name="check_in_link",
    ),
]
