"""Sending the proposals of a plan out: all, or those that were picked."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.lib.selections import Selection
from mentoring.matching.operations import runs as operations
from mentoring.matching.queries import review as queries
from mentoring.matching.views.finding import plan_for
from mentoring.matching.views.review import pairs_table
from mentoring.matching.words import RULES, SKIPPED

SHOWN = 50
REFUSALS: dict[type[Exception], Any] = {
    operations.StalePlan: gettext_lazy(
        "Nothing was sent: there is a newer plan, or the rules of the program have changed."
        " Please match again."
    ),
    operations.NotYet: gettext_lazy(
        "Nothing was sent: this cohort is not being matched at the moment."
    ),
    operations.NotFinished: gettext_lazy("Nothing was sent: this run has no result."),
}


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_matching_publish(request: MemberRequest, cohort_id: UUID, run_id: UUID) -> HttpResponse:
    """Ask once more which pairs, then propose them and report."""
    run = plan_for(request, cohort_id, run_id)
    selection = Selection.of(request.POST)
    picked = selection.pick(pairs_table(request), queries.pairs_to_review(run))
    unpublished = picked.filter(pairing=None).order_by("mentor__member__sort_name", "pk")
    pairs = list(unpublished)
    if not pairs:
        messages.info(request, _("Please select pairs that are not published yet."))
        return redirect("cohort_matching_pairs", request.organization.slug, cohort_id, run_id)
    listed = _digest(pairs)
    if request.POST.get("listed") == listed:
        return _publish(request, run, pairs)
    context = {
        "cohort": run.cohort,
        "may_manage": True,
        "run": run,
        "selection": selection,
        "count": len(pairs),
        "pairs": pairs[:SHOWN],
        "more": max(0, len(pairs) - SHOWN),
        "listed": listed,
        "has_changed": "listed" in request.POST,
    }
    return page(request, "matching/publish.html", context)


def _digest(pairs: list[Any]) -> str:
    """Tells whether the pairs are those that the person was asked about."""
    keys = sorted(str(each.pk) for each in pairs)
    return sha256(" ".join(keys).encode()).hexdigest()


def _publish(request: MemberRequest, run: Any, pairs: list[Any]) -> HttpResponse:
    try:
        done = operations.publish(
            run=run,
            pairs=[each.pk for each in pairs],
            actor=request.member,
            now=timezone.now(),
        )
    except tuple(REFUSALS) as refused:
        messages.error(request, REFUSALS[type(refused)])
        return redirect("cohort_matching_run", request.organization.slug, run.cohort_id, run.pk)
    by_key = {each.pk: each for each in pairs}
    words = RULES | SKIPPED
    context = {
        "cohort": run.cohort,
        "may_manage": True,
        "run": run,
        "proposed": len(done.proposed),
        "skipped": [(by_key[each.pair_id], words[each.reason]) for each in done.skipped],
    }
    return page(request, "matching/published.html", context)
