"""One page for the sponsor: numbers, no names."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.matching.queries import summary as queries
from mentoring.matching.queries.review import answer_counts
from mentoring.matching.showing.disclosure import FEWEST, Group, bands, merged, stands_alone
from mentoring.matching.showing.figures import figures_of, points
from mentoring.matching.showing.proof import proof_of
from mentoring.matching.words import ANSWERS
from programs.queries.cohorts import cohorts_of, manageable_cohorts_of

MOST_TOPICS = 15


@member_view(Permission.PROGRAM_VIEW)
@require_safe
def cohort_matching_summary(request: MemberRequest, cohort_id: UUID) -> HttpResponse:
    """How the matching went, to print or hand on."""
    cohort = get_object_or_404(cohorts_of(request.member), pk=cohort_id)
    run = queries.plan_to_report(cohort)
    context: dict[str, Any] = {
        "cohort": cohort,
        "may_manage": manageable_cohorts_of(request.member).filter(pk=cohort_id).exists(),
        "run": run,
        "fewest": FEWEST,
    }
    if run:
        context |= _numbers(run)
    return page(request, "matching/summary.html", context)


def _numbers(run: Any) -> dict[str, Any]:
    spread = bands([points(score) for score in queries.scores_of(run)])
    topics = sorted(queries.shared_topics(run).items(), key=lambda each: (-each[1], each[0]))
    shown = [Group(name, count) for name, count in topics if stands_alone(count, of=run.matched)]
    departments = queries.departments_of(run).items()
    places = merged(Group(name or _("No department"), count) for name, count in departments)
    answers = {str(ANSWERS[key]): count for key, count in answer_counts(run).items()}
    told = merged(Group(name, count) for name, count in answers.items())
    figures = figures_of(run)
    return {
        "figures": figures,
        "shows_mean": figures.pairs >= FEWEST,
        "proof": proof_of(run),
        "bands": _widths(spread) if len(spread) > 1 else [],
        "topics": _widths(shown[:MOST_TOPICS]),
        "hidden_topics": len(topics) - len(shown),
        "departments": _widths([_named(each, _("Other departments")) for each in places]),
        "answers": [_named(each, _("Other answers, or none yet")) for each in told],
    }


def _named(group: Group, instead: str) -> Group:
    return group if group.label else Group(instead, group.count)


def _widths(groups: list[Any]) -> list[tuple[Any, int]]:
    """Each with its width in hundredths of the widest."""
    widest = max((each.count for each in groups), default=1)
    return [(each, max(1, round(100 * each.count / widest))) for each in groups]
