"""Why somebody is left without a partner and what would help, in sentences."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentoring.matching.engine.settings import POINT
from mentoring.matching.words import REASONS, RULES


def sentences(reason: str, facts: Mapping[str, Any]) -> list[str]:
    """The reason, and the counts behind it; never a name."""
    told = [str(REASONS.get(reason, ""))]
    if reason == "shortage" and facts.get("people"):
        told.append(
            _("%(people)d people share %(places)d places.")
            % {"people": facts["people"], "places": facts.get("places", 0)}
        )
    if reason in {"outbid", "spare", "shortage"} and facts.get("partners"):
        told.append(
            ngettext(
                "%(count)d person would fit.", "%(count)d people would fit.", facts["partners"]
            )
            % {"count": facts["partners"]}
        )
    return [*told, _cost(facts)] if reason in {"outbid", "shortage"} else told


def obstacles(facts: Mapping[str, Any]) -> list[tuple[str, int]]:
    """With how many of the other side which rule stands in the way, the most common first."""
    broken = sorted(facts.get("broken", {}).items(), key=lambda each: (-each[1], each[0]))
    return [(str(RULES.get(rule, rule)), count) for rule, count in broken]


def relief(facts: Mapping[str, Any]) -> str:
    """The one change that would help most; empty when no single one would."""
    rule, count = facts.get("relax") or ("", 0)
    helps = {
        "seniority": _("With a smaller seniority gap"),
        "department": _("If the department did not matter"),
        "language": _("If no common language were needed"),
        "topic": _("If no common topic were needed, or with one more topic"),
        "form": _("If no common form of meeting were needed"),
        "earlier": _("If earlier pairs could meet again"),
        "score": _("With a lower least score"),
        "chain": _("If the line of managers did not matter (only as an exception)"),
        "same manager": _("If the manager did not matter (only as an exception)"),
        "blocked": _("If nobody were kept apart"),
    }
    if rule not in helps:
        return ""
    return ngettext(
        "%(if)s, %(count)d person would fit.", "%(if)s, %(count)d people would fit.", count
    ) % {"if": helps[rule], "count": count}


def _cost(facts: Mapping[str, Any]) -> str:
    fewer, score = facts.get("cost_people", 0), round(facts.get("cost_score", 0) / POINT, 1)
    if fewer > 0:
        return ngettext(
            "A place for them would leave %(count)d other person without one.",
            "A place for them would leave %(count)d other people without one.",
            fewer,
        ) % {"count": fewer}
    return _("A place for them would cost the others at least %(points)s points.") % {
        "points": score
    }
