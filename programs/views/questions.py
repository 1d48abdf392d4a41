"""What the two people of a pair are asked at each moment: one page per moment."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from accounts.zones import language_choices
from mentoring.lib.pages import page
from programs.enums import WAVES, Moment, Side
from programs.forms.question_fields import rows_of
from programs.forms.questions import QuestionsForm, WordsForm
from programs.moments import LEADS
from programs.operations import questions as operations
from programs.queries import programs as queries
from programs.queries.questions import asked_in, untranslated, versions_of
from programs.views.wizard import address, go_on, is_setup, stale_message, step_context

VIEW = "program_questions"
SIDES = (Side.MENTOR, Side.MENTEE)


def _found(request: MemberRequest, program_id: UUID, moment: str) -> tuple[Any, Moment]:
    program = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    if moment not in Moment.values:
        raise Http404
    return program, Moment(moment)


def _page_of(request: MemberRequest, program_id: UUID, moment: Moment) -> str:
    """Feedback to the partner is the step of the wizard; waves have pages beside it."""
    if moment == Moment.PARTNER:
        return address(request, VIEW, program_id)
    return address(request, "program_wave", program_id, moment.value)


def _context(request: MemberRequest, program: Any, moment: Moment) -> dict[str, Any]:
    """Where in the wizard and among the moments this is."""
    moments = [
        {
            "moment": each,
            "url": _page_of(request, program.pk, each),
            "is_off": each in WAVES and each not in program.waves,
        }
        for each in Moment
    ]
    return step_context(request, program, VIEW) | {
        "moment": moment,
        "moments": moments,
        "lead": LEADS[moment],
        "is_partner": moment == Moment.PARTNER,
        "questions_url": _page_of(request, program.pk, moment),
    }


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def program_questions(
    request: MemberRequest, program_id: UUID, moment: str = Moment.PARTNER
) -> HttpResponse:
    """Both sides' forms, their older versions, and what becomes of a change."""
    found, at = _found(request, program_id, moment)
    newest = operations.forms_in_use(program=found, moment=at)
    form = _form(request, found, at, newest)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_questions(
                program=found,
                moment=at,
                version=form.cleaned_data["version"],
                actor=request.member,
                **form.values(),
            )
        except operations.QuestionsChanged as changed:
            form.refuse_stale(stale_message(), version=changed.version)
        else:
            return _after(request, program_id, at)
    context = _context(request, found, at) | {
        "form": form,
        "newest": newest.values(),
        "versions": versions_of(found, at),
        "languages": _languages(request, found, at, newest),
    }
    return page(request, "programs/questions/questions.html", context)


def _form(request: MemberRequest, program: Any, moment: Moment, newest: Any) -> QuestionsForm:
    initial: dict[str, Any] = {
        side.value: rows_of(operations.questions_of(form)) for side, form in newest.items()
    }
    initial["version"] = operations.version_of(program, moment, newest)
    initial["feedback_days"] = program.feedback_days
    initial["is_asked"] = moment in program.waves
    terms = request.organization.terms
    return QuestionsForm(request.POST or None, initial=initial, moment=moment, terms=terms)


def _after(request: MemberRequest, program_id: UUID, moment: Moment) -> HttpResponse:
    """A wave's page stays: whoever changes one of them often changes the next, too."""
    if moment == Moment.PARTNER or is_setup(request):
        return go_on(request, program_id, VIEW)
    messages.success(request, _("The questions are saved."))
    return redirect(_page_of(request, program_id, moment))


def _languages(
    request: MemberRequest, program: Any, moment: Moment, newest: Any
) -> list[dict[str, Any]]:
    """Every language of the product: how far the questions are in it, and how they look."""
    key, place = program.pk, moment.value
    return [
        {
            "code": code,
            "name": name,
            "is_own": code == request.organization.language,
            "missing": untranslated(newest.values(), code),
            "url": address(request, "program_question_words", key, place, code),
            "previews": [
                (side, address(request, "program_question_preview", key, place, side, code))
                for side in SIDES
            ],
        }
        for code, name in language_choices()
    ]


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def question_words(
    request: MemberRequest, program_id: UUID, moment: str, language: str
) -> HttpResponse:
    """The questions of a moment beside their words in another language."""
    found, at = _found(request, program_id, moment)
    name = _language_name(language)
    if language == request.organization.language:
        return redirect(_page_of(request, program_id, at))
    newest = operations.forms_in_use(program=found, moment=at)
    form = WordsForm(
        request.POST or None,
        questions={side: operations.questions_of(form) for side, form in newest.items()},
        language=language,
        initial={"version": operations.version_of(found, at, newest)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.translate_questions(
                program=found,
                moment=at,
                language=language,
                words=form.words(),
                version=form.cleaned_data["version"],
                actor=request.member,
            )
        except operations.QuestionsChanged as changed:
            form.refuse_stale(_moved_message(), version=changed.version)
        else:
            messages.success(request, _("The words are saved."))
            return redirect(_page_of(request, program_id, at))
    context = _context(request, found, at)
    context |= {"form": form, "language": language, "language_name": name}
    context["missing"] = untranslated(newest.values(), language)
    return page(request, "programs/questions/words.html", context)


@member_view(Permission.PROGRAM_EDIT)
@require_safe
def question_preview(
    request: MemberRequest, program_id: UUID, moment: str, side: str, language: str
) -> HttpResponse:
    """A form as whoever answers it will see it. Nothing can be sent from here."""
    found, at = _found(request, program_id, moment)
    name = _language_name(language)
    if side not in Side.values:
        raise Http404
    newest = operations.forms_in_use(program=found, moment=at)
    context = _context(request, found, at) | {
        "side": side,
        "language": language,
        "language_name": name,
        "languages": _languages(request, found, at, newest),
        "asked": asked_in(newest[Side(side)], language),
        "missing": untranslated([newest[Side(side)]], language),
        "is_own": language == request.organization.language,
    }
    return page(request, "programs/questions/preview.html", context)


def _language_name(code: str) -> str:
    try:
        return dict(language_choices())[code]
    except KeyError as unknown:
        raise Http404 from unknown


def _moved_message() -> str:
    return _(
        "Somebody else changed these questions while you were editing, so your words are not"
        " saved yet. Look whether each still belongs to its question, then save again."
    )
