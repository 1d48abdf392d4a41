"""Sending the proposals of a plan out: all, or those that were picked."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page, wants_part
from mentoring.lib.selections import Selection
from mentoring.lib.tables import Column, Table
from mentoring.matching.enums import PublicationState
from mentoring.matching.operations import publishing
from mentoring.matching.queries import review as queries
from mentoring.matching.queries.publications import (
    on_the_way,
    passed_over_in,
    publications_in,
)
from mentoring.matching.running import current
from mentoring.matching.views.finding import plan_for
from mentoring.matching.views.review import pairs_table, person_column
from mentoring.matching.words import RULES, SKIPPED, STOPPED
from programs.enums import Side

SHOWN = 50
REFUSALS: dict[type[Exception], Any] = {
    current.StalePlan: gettext_lazy(
        "Nothing was sent: there is a newer plan, or the rules of the program have changed."
        " Please match again."
    ),
    current.NotYet: gettext_lazy(
        "Nothing was sent: this cohort is not being matched at the moment."
    ),
    current.NotFinished: gettext_lazy("Nothing was sent: this run has no result."),
}


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_matching_publish(request: MemberRequest, cohort_id: UUID, run_id: UUID) -> HttpResponse:
    """Ask once more which pairs, then have them proposed."""
    run = plan_for(request, cohort_id, run_id)
    if on_the_way(run.cohort):
        return _already(request, run)
    selection = Selection.of(request.POST)
    picked = selection.pick(pairs_table(request), queries.pairs_to_review(run))
    unpublished = picked.filter(pairing=None).order_by("mentor__member__sort_name", "pk")
    pairs = list(unpublished)
    if not pairs:
        return _nothing(request, run)
    listed = _digest(pairs)
    if request.POST.get("listed") == listed:
        return _publish(request, run, pairs)
    context = {
        "cohort": run.cohort,
        "may_manage": True,
        "run": run,
        "selection": selection,
        "total": len(pairs),
        "pairs": pairs[:SHOWN],
        "more": max(0, len(pairs) - SHOWN),
        "listed": listed,
        "has_changed": "listed" in request.POST,
    }
    return page(request, "matching/publish.html", context)


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching_publication(
    request: MemberRequest, cohort_id: UUID, run_id: UUID, publication_id: UUID
) -> HttpResponse:
    """How many proposals have gone out, and which pairs were passed over and why."""
    run = plan_for(request, cohort_id, run_id)
    publications = publications_in(run.cohort).filter(run=run)
    publication = get_object_or_404(publications, pk=publication_id)
    is_working = publication.state == PublicationState.SENDING
    if "progress" in request.GET and wants_part(request) and not is_working:
        return HttpResponseClientRefresh()
    table = _passed_over_table(request)
    passed_over = table.read(request.GET, passed_over_in(publication), path=request.path)
    words = RULES | SKIPPED
    done = publication.proposed + publication.passed_over
    context = {
        "cohort": run.cohort,
        "may_manage": True,
        "run": run,
        "publication": publication,
        "is_working": is_working,
        "done": done,
        "left": publication.asked - done,
        "trouble": STOPPED.get(publication.trouble, ""),
        "passed_over": passed_over,
        "rows": [(row, words[row.passed_over]) for row in passed_over.rows],
    }
    part = "progress" if is_working else "passed_over"
    return page(request, "matching/publication.html", context, part=part)


def _passed_over_table(request: MemberRequest) -> Table:
    people = (person_column(side, request.organization.terms) for side in Side)
    why = Column("why", _("Why"), order=("passed_over",))
    return Table(key="passed_over", columns=(*people, why), default_sort="mentor")


def _digest(pairs: list[Any]) -> str:
    """Tells whether the pairs are those that the person was asked about."""
    keys = sorted(str(each.pk) for each in pairs)
    return sha256(" ".join(keys).encode()).hexdigest()


def _publish(request: MemberRequest, run: Any, pairs: list[Any]) -> HttpResponse:
    try:
        publication = publishing.publish(
            run=run,
            pairs=[each.pk for each in pairs],
            actor=request.member,
            now=timezone.now(),
        )
    except publishing.AlreadyPublishing:
        return _already(request, run)
    except publishing.NothingToPublish:
        return _nothing(request, run)
    except tuple(REFUSALS) as refused:
        messages.error(request, REFUSALS[type(refused)])
        return redirect("cohort_matching_run", request.organization.slug, run.cohort_id, run.pk)
    return _show(request, publication)


def _already(request: MemberRequest, run: Any) -> HttpResponse:
    publication = on_the_way(run.cohort)
    if publication is None:
        return _nothing(request, run)
    messages.info(request, _("Proposals are on their way already; here they are."))
    return _show(request, publication)


def _nothing(request: MemberRequest, run: Any) -> HttpResponse:
    messages.info(request, _("Please select pairs that are not published yet."))
    return redirect("cohort_matching_pairs", request.organization.slug, run.cohort_id, run.pk)


def _show(request: MemberRequest, publication: Any) -> HttpResponse:
    run = publication.run
    here = [request.organization.slug, run.cohort_id, run.pk]
    return redirect("cohort_matching_publication", *here, publication.pk)
