"""Suggestions, inside an organization."""

from django.urls import path

from mentoring.matching.views import suggestions

urlpatterns = [
    path("suggestions/", suggestions.suggestions, name="suggestions"),
    path(
        "suggestions/<uuid:participant_id>/list/",
        suggestions.preference_change,
        name="preference_change",
    ),
]
