"""The questions library, for everybody who takes part."""

from secrets import randbelow
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from programs import shelves
from programs.queries import library as queries

MANY = 1_000_000


@member_view(Permission.TAKE_PART)
@require_safe
def question_library(request: MemberRequest) -> HttpResponse:
    """Questions by stage and topic, with tools beside them."""
    reading = shelves.read(queries.shelf(), request.GET, path=request.path)
    context = {"reading": reading, "may_edit": request.member.may(Permission.TOPICS_EDIT)}
    return page(request, "programs/library/library.html", context, part="library")


@member_view(Permission.TAKE_PART)
@require_safe
def question_one(request: MemberRequest) -> HttpResponse:
    """One question in large letters. The address says which, so it can be sent to somebody."""
    path = reverse("question_library", args=[request.organization.slug])
    reading = shelves.read(queries.shelf(), request.GET, path=path)
    query = reading.table.query
    seed = request.GET.get("seed", "")
    if not shelves.is_seed(seed):
        return redirect(f"{request.path}?{urlencode({**query, 'seed': randbelow(MANY)})}")
    found = shelves.pick(reading.found, seed)
    context = {
        "reading": reading,
        "question": found,
        "next": urlencode({**query, "seed": int(seed) + 1}),
        "back": f"{path}?{urlencode(query)}" if query else path,
    }
    return page(request, "programs/library/one.html", context)
