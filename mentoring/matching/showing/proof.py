"""What is proven about a plan, how stable it is and what fairness cost, in sentences."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.lib.charts import TENTHS
from mentoring.matching.engine.settings import POINT
from mentoring.matching.models import Run


def proof_of(run: Run) -> str:
    """How the plan is known to be the best one."""
    checked = number_format(run.mentees * run.mentors, force_grouping=True)
    if run.facts.get("worst_raised_to") is not None:
        return _(
            "Proven best with the weakest pair raised:"
            " checked against all %(count)s possible pairs."
        ) % {"count": checked}
    return _("Proven best: checked against all %(count)s possible pairs.") % {"count": checked}


def facts_in_words(run: Run) -> list[str]:
    """Stability, what enforcing it would cost, and what raising the weakest pair cost."""
    return [*_stability(run, run.facts.get("stability") or {}), *_fairness(run), *_order(run)]


def _stability(run: Run, found: dict[str, Any]) -> list[str]:
    if not found:
        return []
    if not found["blocking"]:
        return [_("Nobody would rather swap: no two people would both prefer each other.")]
    told = [
        ngettext(
            "%(count)d pair would both prefer each other to whom they have.",
            "%(count)d pairs would both prefer each other to whom they have.",
            found["blocking"],
        )
        % {"count": found["blocking"]}
    ]
    if found["material"]:
        told[0] += " " + ngettext(
            "For %(count)d of them it would be 5 points or more.",
            "For %(count)d of them it would be 5 points or more.",
            found["material"],
        ) % {"count": found["material"]}
    else:
        told[0] += " " + _("For none of them it would be 5 points or more.")
    return [*told, _enforcing(run, found)]


def _enforcing(run: Run, found: dict[str, Any]) -> str:
    fewer = run.matched - found["stable_pairs"]
    if fewer > 0:
        return ngettext(
            "A plan that nobody would swap in would have %(count)d pair less.",
            "A plan that nobody would swap in would have %(count)d pairs less.",
            fewer,
        ) % {"count": fewer}
    share = 100 * found["cost"] / run.total_score if run.total_score else 0
    return _("A plan that nobody would swap in would cost %(share)s %% of all points.") % {
        "share": TENTHS.text(max(share, 0))
    }


def _fairness(run: Run) -> list[str]:
    raised = run.facts.get("worst_raised_to")
    if raised is None:
        return []
    return [
        _("The weakest pair was raised to %(points)d points. That cost %(cost)s points in all.")
        % {
            "points": round(raised / POINT),
            "cost": TENTHS.text(run.facts.get("raising_cost", 0) / POINT),
        }
    ]


def _order(run: Run) -> list[str]:
    if run.facts.get("same_every_time", True):
        return [_("The same people and settings give the same plan every time.")]
    return [_("There are many equally good plans; another run may give another of them.")]
