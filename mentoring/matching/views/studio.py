"""Where the matching of a cohort starts: who takes part, what is short, and earlier runs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from accounts.terms import Term, word_for
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Search, Select, Table
from mentoring.lib.tableview import TableView
from mentoring.matching.enums import LeftOut, Purpose, RunState
from mentoring.matching.operations import runs as operations
from mentoring.matching.queries import hindrances
from mentoring.matching.queries.publications import on_the_way
from mentoring.matching.queries.runs import newest_plan, runs_of, unfinished_plan
from mentoring.matching.queries.wishes import waiting_in
from mentoring.matching.recipes import BadSettings, recipe_of, settings_of
from mentoring.matching.running import current
from mentoring.matching.showing.figures import TONES, figures_of
from mentoring.matching.showing.mending import mended_by
from mentoring.matching.views.finding import cohort_for, today_of
from programs.enums import Side

SHOWN_TOPICS = 10
HISTORY = Table(
    key="runs",
    columns=(
        Column("when", gettext_lazy("When"), order=("queued_at",), descending_first=True),
        Column("state", gettext_lazy("State")),
        Column("who", gettext_lazy("By")),
        Column("pairs", gettext_lazy("Pairs"), order=("matched",), descending_first=True),
        Column("mean", gettext_lazy("Mean score")),
        Column("worst", gettext_lazy("Weakest"), order=("worst_score",), descending_first=True),
    ),
    default_sort="-when",
    page_size=10,
)


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """What to know before matching, the next step, and what was done so far."""
    cohort = cohort_for(request, cohort_id)
    people = _people(request, cohort)
    history = HISTORY.read(request.GET, runs_of(cohort).plans(), path=request.path)
    places = hindrances.places_of(people)
    demands, balance = hindrances.demands(people, places), hindrances.balance_of(places)
    plan = newest_plan(cohort)
    context = {
        "cohort": cohort,
        "may_manage": True,
        "balance": balance,
        "widest_places": max(each.places for each in balance.values()),
        "counts": hindrances.counts_of(people),
        "demands": demands[:SHOWN_TOPICS],
        "more_demands": max(0, len(demands) - SHOWN_TOPICS),
        "widest": max((max(each.sought, each.places) for each in demands), default=0),
        "plan": plan,
        "figures": figures_of(plan) if plan else None,
        "working": unfinished_plan(cohort),
        "publication": on_the_way(cohort),
        "may_plan": cohort.state in current.MAY_PLAN,
        "may_try": cohort.state in current.MAY_TRY,
        "exceptions": waiting_in(cohort).count(),
        "runs": history,
        "rows": [(run, TONES[RunState(run.state)], figures_of(run)) for run in history.rows],
    }
    return page(request, "matching/studio.html", context, part="runs")


@member_view(Permission.COHORT_MANAGE)
@require_safe
def cohort_matching_left_out(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Who takes no part in the next run, why, and where it can be mended."""
    cohort = cohort_for(request, cohort_id)
    rows = hindrances.left_out(_people(request, cohort))
    table: TableView[Any] = _left_out_table(request).read(request.GET, rows, path=request.path)
    context = {
        "cohort": cohort,
        "may_manage": True,
        "left_out": table,
        "rows": [(row, LeftOut(row.why), mended_by(row, request.member)) for row in table.rows],
    }
    return page(request, "matching/left_out.html", context, part="left_out")


@member_view(Permission.COHORT_MANAGE)
@require_POST
def cohort_matching_start(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """Have a worker make a plan with the saved weights."""
    return start_plan(request, cohort_for(request, cohort_id))


def start_plan(request: MemberRequest, cohort: Any) -> HttpResponseRedirect:
    """Queue a plan and go to its page; or say why not."""
    slug = request.organization.slug
    try:
        run = operations.start(
            cohort=cohort,
            purpose=Purpose.PLAN,
            settings=settings_of(cohort.program, recipe_of(cohort.program)),
            actor=request.member,
            now=timezone.now(),
        )
    except operations.AlreadyRunning:
        messages.info(request, _("A plan is being made already; here it is."))
        if working := unfinished_plan(cohort):
            return redirect("cohort_matching_run", slug, cohort.pk, working.pk)
    except operations.StillPublishing:
        messages.info(
            request, _("The proposals of the last plan are on their way; they come first.")
        )
        if publication := on_the_way(cohort):
            run_id = publication.run_id
            return redirect("cohort_matching_publication", slug, cohort.pk, run_id, publication.pk)
    except current.NotYet:
        messages.error(request, _("A plan can be made once enrollment is closed."))
    except BadSettings:
        messages.error(request, _("The weights have no meaning together; please look at them."))
        return redirect("cohort_matching_weights", slug, cohort.pk)
    else:
        return redirect("cohort_matching_run", slug, cohort.pk, run.pk)
    return HttpResponseRedirect(reverse("cohort_matching", args=[slug, cohort.pk]))


def _people(request: MemberRequest, cohort: Any) -> Any:
    needs_topic = recipe_of(cohort.program).common_topic
    return hindrances.with_reasons(cohort, today=today_of(request), needs_topic=needs_topic)


def _left_out_table(request: MemberRequest) -> Table:
    terms = request.organization.terms
    sides = [(side.value, word_for(terms, Term(side)).capitalize()) for side in Side]
    return Table(
        key="left_out",
        columns=(
            Column("name", _("Name"), order=("member__sort_name",)),
            Column("side", _("Side"), order=("side",)),
            Column("why", _("Why"), order=("why",)),
            Column("mend", _("What helps")),
        ),
        filters=(
            Search("q", _("Search"), fields=("member__name", "member__email")),
            Select("side", _("Side"), sides, field="side"),
            Select("why", _("Why"), LeftOut.choices, field="why"),
        ),
        default_sort="name",
    )
