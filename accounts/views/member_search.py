"""Finding people while a form is filled in."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from accounts import queries
from accounts.access import member_view
from accounts.permissions import Permission
from accounts.queries.finding import LONGEST, find_people
from accounts.requests import MemberRequest
from mentoring.lib.pages import page


@member_view(Permission.PEOPLE_VIEW)
@require_safe
def member_search(request: MemberRequest) -> HttpResponse:
    """The people that a picker offers: part of a form, shown while its reader types.

    ``field`` names the picker; the words come as ``field_q`` and who is chosen as ``field``.
    """
    name = request.GET.get("field", "member")
    if not name.replace("-", "_").isidentifier():
        raise Http404
    text = request.GET.get(f"{name}_q", "")[:LONGEST]
    people = queries.people_of(request.member)
    found = find_people(people, text=text, chosen=request.GET.getlist(name))
    flags = {flag: flag in request.GET for flag in ("many", "required")}
    picker = {"name": name, "found": found, **flags}
    return page(request, "components/member_options.html", {"picker": picker})
