"""What an organization makes of the questions library."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table
from programs import shelves
from programs.enums import Stage, Subject
from programs.forms.library import PasteForm, QuestionForm
from programs.library import BY_KEY, BuiltIn
from programs.operations import library as operations
from programs.queries import library as queries
from programs.queries.topics import families_of

FORMS = ["GET", "HEAD", "POST"]
TAKEN = gettext_lazy(
    "You have this question in this stage already, in use or archived. Change a word or two, or"
    " use the other one again."
)
KEPT = ("stage", "topic", "q", "state", "page", "size")
COLUMNS = (
    Column("question", gettext_lazy("Question")),
    Column("place", gettext_lazy("Stage and topic")),
    Column("actions", gettext_lazy("Actions"), hidden_label=True),
)
STATES = (("used", gettext_lazy("In use")), ("archived", gettext_lazy("Archived")))


@member_view(Permission.TOPICS_EDIT)
@require_safe
def library_questions(request: MemberRequest) -> HttpResponse:
    """The organization's own questions, newest first."""
    rows = queries.own_questions_of(request.member)
    table = _table(request).read(request.GET, rows, path=request.path)
    context = {"questions": table, "back": _kept(request.GET)}
    return page(request, "programs/library/own.html", context, part="questions")


@member_view(Permission.TOPICS_EDIT)
@require_http_methods(FORMS)
def library_question_new(request: MemberRequest) -> HttpResponse:
    """Add a question."""
    form = QuestionForm(request.POST or None, families=families_of(request.member))
    if request.method == "POST" and form.is_valid():
        try:
            added = operations.add_question(
                **form.cleaned_data, actor=request.member, now=timezone.now()
            )
        except operations.QuestionTaken:
            form.add_error("text", TAKEN)
        else:
            messages.success(request, _("The question is added."))
            return _back(request, "library_questions", row=added.pk)
    return page(request, "programs/library/question.html", {"form": form})


@member_view(Permission.TOPICS_EDIT)
@require_http_methods(FORMS)
def library_question_edit(request: MemberRequest, own_question_id: UUID) -> HttpResponse:
    """Change what a question says and where it belongs."""
    found = get_object_or_404(queries.own_questions_of(request.member), pk=own_question_id)
    initial = {"text": found.text, "stage": found.stage, "family": found.family_id}
    form = QuestionForm(request.POST or None, initial=initial, families=families_of(request.member))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_question(question=found, **form.cleaned_data, actor=request.member)
        except operations.QuestionTaken:
            form.add_error("text", TAKEN)
        else:
            messages.success(request, _("The question is saved."))
            return _back(request, "library_questions", row=found.pk)
    return page(request, "programs/library/question.html", {"form": form, "question": found})


@member_view(Permission.TOPICS_EDIT)
@require_POST
def library_question_archive(request: MemberRequest, own_question_id: UUID) -> HttpResponse:
    """Show a question to nobody any more."""
    found = get_object_or_404(queries.own_questions_of(request.member), pk=own_question_id)
    operations.archive_question(question=found, actor=request.member, now=timezone.now())
    text = _("The question is archived. To undo this, choose “Use again” beside it.")
    messages.success(request, text)
    return _back(request, "library_questions", row=found.pk)


@member_view(Permission.TOPICS_EDIT)
@require_POST
def library_question_restore(request: MemberRequest, own_question_id: UUID) -> HttpResponse:
    """Show an archived question again."""
    found = get_object_or_404(queries.own_questions_of(request.member), pk=own_question_id)
    operations.restore_question(question=found, actor=request.member)
    messages.success(request, _("The question is in use again."))
    return _back(request, "library_questions", row=found.pk)


@member_view(Permission.TOPICS_EDIT)
@require_http_methods(FORMS)
def library_questions_paste(request: MemberRequest) -> HttpResponse:
    """Add a list of questions; what would happen is shown before it does."""
    form = PasteForm(request.POST or None, families=families_of(request.member))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        stage, family, lines = (form.cleaned_data[each] for each in ("stage", "family", "lines"))
        if "add" in request.POST:
            added = operations.add_questions(
                stage=stage,
                family=family,
                texts=lines.texts,
                actor=request.member,
                now=timezone.now(),
            )
            messages.success(request, _in_words(added))
            return _back(request, "library_questions")
        known = queries.known_among(stage, lines.texts)
        new = [text for text in lines.texts if text not in known]
        context |= {"new": new, "known": known, "repeated": lines.repeated, "is_checked": True}
    return page(request, "programs/library/paste.html", context)


@member_view(Permission.TOPICS_EDIT)
@require_safe
def library_built_in(request: MemberRequest) -> HttpResponse:
    """What comes with the product, for the organization to leave out."""
    shelf = queries.built_in_shelf(request.member)
    reading = shelves.read(shelf, request.GET, path=request.path, glance=None)
    context = {"reading": reading, "back": _kept(request.GET)}
    return page(request, "programs/library/built_in.html", context, part="library")


@member_view(Permission.TOPICS_EDIT)
@require_POST
def library_hide(request: MemberRequest) -> HttpResponse:
    """Leave a built-in question out."""
    found = _built_in(request)
    operations.hide(question=found, actor=request.member, now=timezone.now())
    messages.success(request, _("Nobody is shown this question any more."))
    return _back(request, "library_built_in", row=found.key)


@member_view(Permission.TOPICS_EDIT)
@require_POST
def library_show(request: MemberRequest) -> HttpResponse:
    """Show a hidden question again."""
    found = _built_in(request)
    operations.show(question=found, actor=request.member)
    messages.success(request, _("The question is shown again."))
    return _back(request, "library_built_in", row=found.key)


def _built_in(request: MemberRequest) -> BuiltIn:
    found = BY_KEY.get(request.POST.get("key", ""))
    if found is None:
        raise Http404
    return found


def _table(request: MemberRequest) -> Table:
    """Made for each request, because its choices are the organization's own."""
    topics = [(str(each.pk), str(each)) for each in families_of(request.member)]
    topics.append((Subject.ANY.value, str(Subject.ANY.label)))
    return Table(
        key="questions",
        columns=COLUMNS,
        filters=(
            Search("q", gettext_lazy("Search"), apply=queries.with_words),
            Select("stage", gettext_lazy("Stage"), choices=Stage.choices, field="stage"),
            Select("topic", gettext_lazy("Topic"), choices=topics, apply=queries.with_topic),
            Select("state", gettext_lazy("State"), choices=STATES, apply=queries.in_state),
        ),
    )


def _in_words(added: operations.Added) -> str:
    text = ngettext("%(count)d question is added.", "%(count)d questions are added.", added.count)
    words = text % {"count": added.count}
    if added.known:
        known = len(added.known)
        there = ngettext("%(count)d was there already.", "%(count)d were there already.", known)
        words = f"{words} {there % {'count': known}}"
    return words


def _kept(params: Any) -> str:
    """The filters and the page of a list, as a query string."""
    return urlencode({key: params[key] for key in KEPT if params.get(key)})


def _back(request: MemberRequest, view: str, *, row: object = "") -> HttpResponse:
    """The list as it was left, at the question that was in hand."""
    query = _kept(QueryDict(request.POST.get("back", "")))
    address = reverse(view, args=[request.organization.slug])
    return redirect(f"{address}{f'?{query}' if query else ''}{f'#row-{row}' if row else ''}")
