"""Finding people while a form is filled in."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from accounts import queries
from accounts.access import member_view
from accounts.forms.member_picker import chosen_in
from accounts.permissions import Permission
from accounts.queries.finding import LONGEST, find_people
from accounts.requests import MemberRequest
from mentoring.lib.pages import page


@member_view(Permission.PEOPLE_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def member_search(request: MemberRequest) -> HttpResponse:
    """The people that a picker offers: part of a form, shown while its reader types.

    ``field`` names the picker; the words come as ``field_q`` and who is chosen as ``field``.
    A picker of many posts, because the people chosen may be too many for an address.
    """
    name = request.GET.get("field", "member")
    if not name.replace("-", "_").isidentifier():
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    text = sent.get(f"{name}_q", "")[:LONGEST]
    people = queries.people_of(request.member)
    chosen = chosen_in(sent, name)
    found = find_people(people, text=text, chosen=chosen)
    flags = {flag: flag in request.GET for flag in ("many", "required")}
    picker = {"name": name, "found": found, "kept": " ".join(chosen), **flags}
    return page(request, "components/member_options.html", {"picker": picker})
