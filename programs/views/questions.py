"""What the two people of a pair are asked about each other at the end."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from programs.forms.fields import rows_of
from programs.forms.questions import QuestionsForm
from programs.operations import questions as operations
from programs.queries import programs as queries
from programs.queries.questions import newest_forms, versions_of
from programs.views.wizard import go_on, stale_message, step_context

VIEW = "program_questions"


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def program_questions(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Both forms, their older versions, and what becomes of a change."""
    found = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    newest = newest_forms(found)
    initial: dict[str, Any] = {
        side.value: rows_of(operations.questions_of(form)) for side, form in newest.items()
    }
    initial["version"] = operations.version_of(newest)
    form = QuestionsForm(request.POST or None, initial=initial, terms=request.organization.terms)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_questions(
                program=found,
                questions=form.questions(),
                version=form.cleaned_data["version"],
                actor=request.member,
            )
        except operations.QuestionsChanged as changed:
            form.refuse_stale(stale_message(), version=operations.version_of(changed.newest))
        else:
            return go_on(request, program_id, VIEW)
    context = step_context(request, found, VIEW)
    context |= {"form": form, "newest": newest.values(), "versions": versions_of(found)}
    return page(request, "programs/questions/questions.html", context)
