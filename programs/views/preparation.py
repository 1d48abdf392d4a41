"""What people read, watch or attend before they are matched."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from programs.enums import Audience
from programs.forms.preparation import ItemForm
from programs.operations import preparation as operations
from programs.queries import programs as queries
from programs.queries.preparation import items_of
from programs.views.wizard import address, go_on, stale_message, step_context
from programs.words import audience_in_words

VIEW = "program_preparation"


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def program_preparation(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """The items in their order; sending the page only goes on."""
    found = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    if request.method == "POST":
        return go_on(request, program_id, VIEW)
    terms = request.organization.terms
    rows: list[dict[str, Any]] = [
        {"item": item, "audience": audience_in_words(Audience(item.audience), terms)}
        for item in items_of(found)
    ]
    context = step_context(request, found, VIEW)
    context["rows"] = [row for row in rows if not row["item"].archived_at]
    context["archived"] = [row for row in rows if row["item"].archived_at]
    return page(request, "programs/preparation/preparation.html", context)


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def preparation_new(request: MemberRequest, program_id: UUID) -> HttpResponse:
    """Add an item."""
    found = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    form = ItemForm(request.POST or None, terms=request.organization.terms)
    if request.method == "POST" and form.is_valid():
        added = operations.add_item(program=found, values=form.values(), actor=request.member)
        messages.success(request, _("“%(title)s” is added.") % {"title": added})
        return redirect(address(request, VIEW, program_id))
    return _item_page(request, found, form, title=_("New preparation item"))


@member_view(Permission.PROGRAM_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def preparation_edit(request: MemberRequest, program_id: UUID, item_id: UUID) -> HttpResponse:
    """Change what an item says."""
    found = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    item = get_object_or_404(items_of(found), pk=item_id)
    initial = {name: getattr(item, name) for name in operations.FIELDS}
    initial["version"] = operations.version_of(item)
    form = ItemForm(request.POST or None, initial=initial, terms=request.organization.terms)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            operations.change_item(
                item=item, values=form.values(), version=version, actor=request.member
            )
        except operations.ItemChanged as changed:
            form.refuse_stale(stale_message(), version=operations.version_of(changed.item))
        else:
            messages.success(
                request, _("“%(title)s” is saved.") % {"title": form.values()["title"]}
            )
            return redirect(address(request, VIEW, program_id))
    return _item_page(request, found, form, title=item.title)


@member_view(Permission.PROGRAM_EDIT)
@require_POST
def preparation_act(
    request: MemberRequest, program_id: UUID, item_id: UUID, what: str
) -> HttpResponse:
    """Move an item up or down, archive it, or use it again."""
    found = get_object_or_404(queries.editable_programs_of(request.member), pk=program_id)
    item = get_object_or_404(items_of(found), pk=item_id)
    match what:
        case "up" | "down":
            operations.move_item(item=item, up=what == "up", actor=request.member)
        case "archive":
            operations.archive_item(item=item, actor=request.member, now=timezone.now())
        case "restore":
            operations.restore_item(item=item, actor=request.member)
        case _other:
            raise Http404
    return redirect(address(request, VIEW, program_id))


def _item_page(request: MemberRequest, program: Any, form: ItemForm, *, title: str) -> HttpResponse:
    context = step_context(request, program, VIEW) | {"form": form, "title": title}
    return page(request, "programs/preparation/item.html", context)
