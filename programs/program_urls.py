"""One program: its page, its settings, what belongs to it."""

from django.urls import path

from programs.views import preparation, programs, questions, setup

urlpatterns = [
    path("", programs.program, name="program"),
    path("edit/", setup.program_edit, name="program_edit"),
    path("edit/sponsor/", setup.program_sponsor, name="program_sponsor"),
    path("edit/pairs/", setup.program_pairs, name="program_pairs"),
    path("edit/rhythm/", setup.program_rhythm, name="program_rhythm"),
    path("edit/agreement/", setup.program_agreement, name="program_agreement"),
    path("archive/", programs.program_archive, name="program_archive"),
    path("restore/", programs.program_restore, name="program_restore"),
    path("duplicate/", programs.program_duplicate, name="program_duplicate"),
    path("preparation/", preparation.program_preparation, name="program_preparation"),
    path("preparation/new/", preparation.preparation_new, name="preparation_new"),
    path("preparation/<uuid:item_id>/", preparation.preparation_edit, name="preparation_edit"),
    path(
        "preparation/<uuid:item_id>/<str:what>/",
        preparation.preparation_act,
        name="preparation_act",
    ),
    path("questions/", questions.program_questions, name="program_questions"),
    path("questions/<str:moment>/", questions.program_questions, name="program_wave"),
    path(
        "questions/<str:moment>/in/<str:language>/",
        questions.question_words,
        name="program_question_words",
    ),
    path(
        "questions/<str:moment>/as/<str:side>/<str:language>/",
        questions.question_preview,
        name="program_question_preview",
    ),
]
