"""How a member wants to hear of things."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.clock import day_at
from mentoring.lib.pages import page
from mentoring.notices.enums import DIGEST, Way
from mentoring.notices.forms.settings import DELIVERY, SettingsForm
from mentoring.notices.operations.settings import change_settings
from mentoring.notices.queries import settings as queries


@member_view(Permission.TAKE_PART)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: MemberRequest) -> HttpResponse:
    """See and change what comes by mail and by bell, and when."""
    now, member = timezone.now(), request.member
    groups = queries.switches_for(member)
    kinds = [kind.name for group in groups for kind in group.kinds]
    turned_off = queries.turned_off_by(member)
    today = day_at(now, queries.zone_of(member))
    delivery = queries.delivery_of(member, today)
    initial: dict[str, Any] = {name: getattr(delivery, name) for name in DELIVERY}
    for way in Way:
        initial[way] = [kind for kind in kinds if (kind, way) not in turned_off]
    data = request.POST if request.method == "POST" else None
    form = SettingsForm(data, kinds=kinds, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_settings(
            member=member,
            shown=kinds,
            turned_off=form.turned_off,
            delivery=form.delivery,
            now=now,
        )
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("notice_settings", request.organization.slug)
    context = {
        "form": form,
        "groups": _rows(groups, form),
        "always": queries.always_sent(),
        "paused_until": delivery.paused_until,
        "has_no_summaries": (DIGEST, Way.MAIL) in turned_off,
        "zone": queries.zone_of(member).key,
    }
    return page(request, "notices/settings.html", context)


def _rows(groups: list[queries.Switches], form: SettingsForm) -> list[dict[str, Any]]:
    """The switches as they are shown: of each kind its name and which of the two are on."""
    return [
        {
            "title": each.group.label,
            "rows": [
                {
                    "name": kind.name,
                    "label": kind.label,
                    "is_urgent": kind.is_urgent,
                    "rings": kind.rings,
                    "mail": form.is_on(kind.name, Way.MAIL),
                    "bell": form.is_on(kind.name, Way.BELL),
                }
                for kind in each.kinds
            ],
        }
        for each in groups
    ]
