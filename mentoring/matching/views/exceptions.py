"""Pairs that break a rule: a second person reads why, and decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Table
from mentoring.matching.operations import wishes as operations
from mentoring.matching.queries.runs import newest_plan
from mentoring.matching.queries.wishes import waiting_in, wishes_in
from mentoring.matching.views.finding import cohort_for
from mentoring.matching.words import RULES

WISHES = Table(
    key="wishes",
    columns=(
        Column("pair", gettext_lazy("Pair"), order=("mentor__member__sort_name",)),
        Column("wanted", gettext_lazy("Wish"), order=("wanted",)),
        Column("who", gettext_lazy("By")),
        Column("when", gettext_lazy("When"), order=("wanted_at",), descending_first=True),
    ),
    filters=(
        Search(
            "q", gettext_lazy("Search"), fields=("mentor__member__name", "mentee__member__name")
        ),
    ),
    default_sort="-when",
)
MOST_WAITING = 100


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching_exceptions(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """What admins want of single pairs, first of all what waits for a second yes."""
    cohort = cohort_for(request, cohort_id)
    waiting = list(waiting_in(cohort)[: MOST_WAITING + 1])
    context = {
        "cohort": cohort,
        "may_manage": True,
        "waiting": [
            (wish, [RULES.get(rule, rule) for rule in wish.broken], operations.version_of(wish))
            for wish in waiting[:MOST_WAITING]
        ],
        "has_more": len(waiting) > MOST_WAITING,
        "wishes": WISHES.read(request.GET, wishes_in(cohort), path=request.path),
        "plan": newest_plan(cohort),
    }
    return page(request, "matching/exceptions.html", context, part="wishes")


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_matching_decide(request: MemberRequest, cohort_id: UUID, wish_id: UUID) -> HttpResponse:
    """Say yes or no to an exception."""
    wish = get_object_or_404(wishes_in(cohort_for(request, cohort_id)), pk=wish_id)
    try:
        if request.POST.get("do") == "approve":
            seen = request.POST.get("seen", "")
            operations.approve(wish=wish, seen=seen, actor=request.member, now=timezone.now())
            messages.success(request, _("Approved. The next run keeps these two together."))
        else:
            operations.reject(wish=wish, actor=request.member)
            messages.success(request, _("The exception is let go."))
    except operations.SamePerson:
        messages.error(request, _("You asked for this yourself; somebody else has to approve it."))
    except operations.HasChanged:
        messages.warning(request, _("This was asked for anew a moment ago. Please read it again."))
    except operations.NotWaiting:
        messages.info(request, _("Somebody else was faster; this is decided already."))
    return redirect("cohort_matching_exceptions", request.organization.slug, cohort_id)
