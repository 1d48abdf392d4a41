"""The organization's topics: what mentors may offer and mentees may seek."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.forms.chart import StepForm
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from programs import uses
from programs.forms.topics import FamilyForm, TargetForm, TopicForm, initial_words
from programs.operations import topics as operations
from programs.queries import topics as queries

NAME_TAKEN = gettext_lazy("There is another one with this name.")
FORMS = ["GET", "HEAD", "POST"]


@member_view(Permission.TOPICS_EDIT)
@require_safe
def topics(request: MemberRequest) -> HttpResponse:
    """All families with their topics, and how often each was chosen."""
    families = queries.families_with_topics(request.member)
    counts = uses.uses_of([topic.pk for family in families for topic in family.topics.all()])
    rows = [
        {
            "family": family,
            "topics": [(each, counts[each.pk]) for each in family.topics.all() if not _gone(each)],
            "archived": [each for each in family.topics.all() if _gone(each)],
        }
        for family in families
    ]
    return page(request, "programs/topics/topics.html", {"families": rows})


@member_view(Permission.TOPICS_EDIT)
@require_POST
def topics_start(request: MemberRequest) -> HttpResponse:
    """Begin with the product's topics."""
    count = operations.add_starters(actor=request.member)
    if count:
        text = ngettext("%(count)d topic is added.", "%(count)d topics are added.", count)
        messages.success(request, text % {"count": count})
    return redirect("topics", request.organization.slug)


@member_view(Permission.TOPICS_EDIT)
@require_http_methods(FORMS)
def family_new(request: MemberRequest) -> HttpResponse:
    """Add a heading."""
    form = FamilyForm(request.POST or None, language=request.organization.language)
    if request.method == "POST" and form.is_valid():
        added = _saved(form, partial(operations.add_family, actor=request.member))
        if added:
            messages.success(request, _("%(name)s is added.") % {"name": added})
            return _back(request, added)
    return page(request, "programs/topics/family.html", {"form": form})


@member_view(Permission.TOPICS_EDIT)
@require_http_methods(FORMS)
def family_edit(request: MemberRequest, family_id: UUID) -> HttpResponse:
    """Rename a heading, or delete it when it is empty."""
    family = get_object_or_404(queries.families_of(request.member), pk=family_id)
    initial = initial_words(family, ["name"])
    form = FamilyForm(request.POST or None, initial=initial, language=request.organization.language)
    if request.method == "POST" and form.is_valid():
        change = partial(operations.change_family, family=family, actor=request.member)
        saved = _saved(form, change)
        if saved:
            messages.success(request, _("%(name)s is saved.") % {"name": saved})
            return _back(request, family)
    return page(request, "programs/topics/family.html", {"form": form, "family": family})


@member_view(Permission.TOPICS_EDIT)
@require_POST
def family_move(request: MemberRequest, family_id: UUID) -> HttpResponse:
    """One place up or down."""
    family = get_object_or_404(queries.families_of(request.member), pk=family_id)
    form = StepForm(request.POST)
    if form.is_valid():
        operations.move_family(family=family, step=form.cleaned_data["step"])
    return _back(request, family)


@member_view(Permission.TOPICS_EDIT)
@require_POST
def family_delete(request: MemberRequest, family_id: UUID) -> HttpResponse:
    """Remove an empty heading."""
    family = get_object_or_404(queries.families_of(request.member), pk=family_id)
    try:
        operations.delete_family(family=family, actor=request.member)
    except operations.StillUsed:
        text = _("%(name)s still has topics, archived or merged ones perhaps. Move them first.")
        messages.error(request, text % {"name": family})
    else:
        messages.success(request, _("%(name)s is deleted.") % {"name": family})
    return redirect("topics", request.organization.slug)


@member_view(Permission.TOPICS_EDIT)
@require_http_methods(FORMS)
def topic_new(request: MemberRequest) -> HttpResponse:
    """Add a topic to a family."""
    form = TopicForm(
        request.POST or None,
        initial={"family": request.GET.get("family", "")},
        families=queries.families_of(request.member),
        language=request.organization.language,
    )
    if request.method == "POST" and form.is_valid():
        added = _saved(form, partial(operations.add_topic, actor=request.member))
        if added:
            messages.success(request, _("%(name)s is added.") % {"name": added})
            return _back(request, added)
    return page(request, "programs/topics/topic.html", {"form": form})


@member_view(Permission.TOPICS_EDIT)
@require_http_methods(FORMS)
def topic_edit(request: MemberRequest, topic_id: UUID) -> HttpResponse:
    """Rename, describe, translate or move a topic."""
    topic = get_object_or_404(queries.topics_of(request.member), pk=topic_id)
    initial = initial_words(topic, ["name", "description"])
    form = TopicForm(
        request.POST or None,
        initial={**initial, "family": topic.family_id},
        families=queries.families_of(request.member),
        language=request.organization.language,
    )
    if request.method == "POST" and form.is_valid():
        change = partial(operations.change_topic, topic=topic, actor=request.member)
        saved = _saved(form, change)
        if saved:
            messages.success(request, _("%(name)s is saved.") % {"name": saved})
            return _back(request, topic)
    context = {"form": form, "topic": topic, "uses": uses.uses_of([topic.pk])[topic.pk]}
    return page(request, "programs/topics/topic.html", context)


@member_view(Permission.TOPICS_EDIT)
@require_POST
def topic_move(request: MemberRequest, topic_id: UUID) -> HttpResponse:
    """One place up or down in its family."""
    topic = get_object_or_404(queries.topics_of(request.member), pk=topic_id)
    form = StepForm(request.POST)
    if form.is_valid():
        operations.move_topic(topic=topic, step=form.cleaned_data["step"])
    return _back(request, topic)


@member_view(Permission.TOPICS_EDIT)
@require_POST
def topic_archive(request: MemberRequest, topic_id: UUID) -> HttpResponse:
    """Offer a topic to nobody any more."""
    topic = get_object_or_404(queries.topics_of(request.member), pk=topic_id)
    operations.archive_topic(topic=topic, actor=request.member, now=timezone.now())
    text = _("%(name)s is archived. To undo this, choose “Use again” beside it.")
    messages.success(request, text % {"name": topic})
    return redirect(f"{_address(request)}#archived-{topic.family_id}")


@member_view(Permission.TOPICS_EDIT)
@require_POST
def topic_restore(request: MemberRequest, topic_id: UUID) -> HttpResponse:
    """Offer an archived topic again."""
    topic = get_object_or_404(queries.topics_of(request.member), pk=topic_id)
    operations.restore_topic(topic=topic, actor=request.member)
    messages.success(request, _("%(name)s is in use again.") % {"name": topic})
    return _back(request, topic)


@member_view(Permission.TOPICS_EDIT)
@require_http_methods(FORMS)
def topic_merge(request: MemberRequest, topic_id: UUID) -> HttpResponse:
    """Let a topic go into another; the page says how many choices move before it happens."""
    topic = get_object_or_404(queries.topics_of(request.member), pk=topic_id)
    form = TargetForm(request.POST or None, targets=queries.merge_targets(request.member, topic))
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        try:
            operations.merge(source=topic, target=target, actor=request.member)
        except operations.CannotMerge:
            form.add_error("target", _("Somebody else has just changed one of the two."))
        else:
            text = _("%(source)s went into %(target)s.")
            messages.success(request, text % {"source": topic, "target": target})
            return _back(request, target)
    context = {"form": form, "topic": topic, "uses": uses.uses_of([topic.pk])[topic.pk]}
    return page(request, "programs/topics/merge.html", context)


def _gone(topic: Any) -> bool:
    return topic.archived_at is not None


def _saved(form: FamilyForm | TopicForm, save: partial[Any]) -> Any:
    """What saving gives; None when the name is taken, with the reason beside the field."""
    try:
        return save(**form.cleaned_data)
    except operations.NameTaken:
        form.add_error("name", NAME_TAKEN)
        return None


def _address(request: MemberRequest) -> str:
    return reverse("topics", args=[request.organization.slug])


def _back(request: MemberRequest, row: Any) -> HttpResponse:
    """The list, at the family or topic that was in hand."""
    return redirect(f"{_address(request)}#row-{row.pk}")
