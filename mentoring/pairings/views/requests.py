"""Asking somebody oneself."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.pairings.forms.requests import OfferForm
from mentoring.pairings.operations import requests as operations
from mentoring.pairings.queries import requests as queries
from mentoring.pairings.queries.pairs import open_between
from mentoring.profiles.queries.discover import describe, topics_of


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_request(request: MemberRequest, partner_id: UUID) -> HttpResponse:
    """Ask somebody whom the member may find, with a few words."""
    now = timezone.now()
    partner = queries.partner_to_ask(request.member, partner_id, now=now)
    mine = partner and queries.participation_facing(request.member, partner)
    if not partner or not mine:
        raise Http404
    if known := open_between(mine, partner):
        return redirect("pair", request.organization.slug, known.pk)
    form = OfferForm(request.POST if request.method == "POST" else None)
    barrier = queries.barrier_for(mine, partner, now=now)
    if request.method == "POST" and form.is_valid() and not barrier:
        try:
            operations.request(participant=mine, partner=partner, now=now, **form.cleaned_data)
        except operations.NotNow as late:
            barrier = late.barrier
        else:
            text = _("Your request is on its way to %(name)s.") % {"name": partner.member}
            messages.success(request, text)
            return redirect("pairs", request.organization.slug)
    (found,) = describe([partner], topics_of(request.member))
    context = {
        "form": form,
        "found": found,
        "mine": mine,
        "partner": partner,
        "barrier": barrier,
        "most_open": queries.MOST_OPEN,
    }
    return page(request, "pairings/request.html", context)
