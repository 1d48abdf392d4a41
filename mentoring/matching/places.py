"""Where matching appears on lower floors: the menu, what is to do, the audit log, “why you two”."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import actions, navigation
from accounts.models import Member
from accounts.permissions import Permission
from mentoring.matching.enums import Action, Aim
from mentoring.matching.queries.waiting import unmatched_people
from mentoring.matching.queries.wishes import waiting_in
from mentoring.matching.recipes import WEIGHED
from mentoring.matching.suggesting.between import reasons_between
from mentoring.matching.words import FEATURES, RULES
from mentoring.pairings import why
from programs import todos
from programs.enums import CohortState
from programs.models import Cohort


def find_todos(cohort: Cohort, member: Member, today: date) -> Iterator[todos.Todo]:
    """Who waits for a partner, and which exceptions wait for a second person."""
    if cohort.state not in {CohortState.MATCHING, CohortState.RUNNING}:
        return
    slug = member.organization.slug
    if count := unmatched_people(cohort, today=today):
        text = ngettext(
            "%(count)d approved person waits for a partner",
            "%(count)d approved people wait for a partner",
            count,
        )
        url = reverse("cohort_matching", args=[slug, cohort.pk])
        yield todos.Todo(text % {"count": count}, url, "accent")
    if count := waiting_in(cohort).exclude(wanted_by=member).count():
        text = ngettext(
            "%(count)d exception from a rule waits for your yes or no",
            "%(count)d exceptions from rules wait for your yes or no",
            count,
        )
        url = reverse("cohort_matching_exceptions", args=[slug, cohort.pk])
        yield todos.Todo(text % {"count": count}, url, "warning")


def _name(key: str) -> Any:
    return FEATURES[key].name


def _yes_or_no(value: object) -> str:
    return str(_("yes") if value else _("no"))


def _rules(names: str) -> str:
    return " ".join(str(RULES.get(each, each)) for each in names.split(", "))


navigation.register(
    navigation.Place(_("Suggestions"), "suggestions", "target", Permission.TAKE_PART, position=5.7)
)
todos.finds.register(find_todos)
why.explains.register(reasons_between)
actions.register(
    Action,
    {
        **{f"weight_{key}": _name(key) for key in WEIGHED},
        "aim": _("The best plan"),
        "raises_worst": _("Raise the weakest pair"),
        "minimum_score": _("Least score of a pair"),
        "ideal_distance": _("Best distance in grades"),
        "common_topic": _("A common topic is needed"),
        "common_form": _("A common form of meeting is needed"),
        "earlier_pairs_again": _("Earlier pairs may meet again"),
        "rules": _("Rules that are broken"),
        "skipped": _("Passed over"),
    },
    {
        **dict.fromkeys(
            ("raises_worst", "common_topic", "common_form", "earlier_pairs_again"), _yes_or_no
        ),
        "aim": lambda value: actions.label_in(Aim, value),
        "rules": _rules,
    },
)
