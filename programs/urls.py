"""Programs, inside an organization."""

from django.urls import path

from programs import views

urlpatterns = [
    path("programs/", views.programs, name="programs"),
    path("programs/new/", views.program_new, name="program_new"),
    path("programs/<uuid:program_id>/", views.program, name="program"),
    path("programs/<uuid:program_id>/edit/", views.program_edit, name="program_edit"),
    path("programs/<uuid:program_id>/archive/", views.program_archive, name="program_archive"),
    path("programs/<uuid:program_id>/restore/", views.program_restore, name="program_restore"),
    path("people/<uuid:member_id>/programs/", views.program_reach, name="program_reach"),
]
