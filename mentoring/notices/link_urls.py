"""The link in every mail that can be turned off; its signature says whose mails."""

from django.urls import path

from mentoring.notices.views import links

urlpatterns = [
    path("mails/<uuid:organization>/<str:token>/", links.unsubscribe, name="unsubscribe"),
    path(
        "mails/<uuid:organization>/<str:token>/undo/",
        links.unsubscribe_undo,
        name="unsubscribe_undo",
    ),
]
