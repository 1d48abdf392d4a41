"""The questions library, inside an organization."""

from django.urls import path

from programs.views import library, library_admin

ALL = "topics/questions/"
ONE = f"{ALL}<uuid:own_question_id>/"

urlpatterns = [
    path("taking-part/questions/", library.question_library, name="question_library"),
    path("taking-part/questions/one/", library.question_one, name="question_one"),
    path(ALL, library_admin.library_questions, name="library_questions"),
    path(f"{ALL}new/", library_admin.library_question_new, name="library_question_new"),
    path(f"{ALL}list/", library_admin.library_questions_paste, name="library_questions_paste"),
    path(f"{ALL}built-in/", library_admin.library_built_in, name="library_built_in"),
    path(f"{ALL}built-in/hide/", library_admin.library_hide, name="library_hide"),
    path(f"{ALL}built-in/show/", library_admin.library_show, name="library_show"),
    path(ONE, library_admin.library_question_edit, name="library_question_edit"),
    path(f"{ONE}archive/", library_admin.library_question_archive, name="library_question_archive"),
    path(f"{ONE}restore/", library_admin.library_question_restore, name="library_question_restore"),
]
