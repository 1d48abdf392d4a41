"""What those who run a cohort could do next about a pair, in one sentence."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.meetings.queries.health import Need
from mentoring.pairings.wishes import A_HAND, SOMEBODY_ELSE
from programs.enums import Side

SENTENCES = {
    Need.ASKED: gettext_lazy(
        "%(name)s asks for somebody else, in confidence: end the pair, then look for partners."
    ),
    Need.HELP: gettext_lazy("%(name)s asks for a hand, in confidence: write to nobody else."),
    Need.CONFLICT: gettext_lazy(
        "Too close in the hierarchy now: offer each of them somebody else."
    ),
    Need.PAST_END: gettext_lazy(
        "The end they had in mind is over: ask both whether to extend it or to end it well."
    ),
    Need.CLOSING: gettext_lazy(
        "Closing for more than four weeks: ask both whether to end it well now or to go on."
    ),
    Need.ACT: gettext_lazy("Speak with each: go on, a break, or somebody else?"),
    Need.PUT_OFF: gettext_lazy("Ask %(name)s whether there is enough room for it."),
    Need.SEEN: gettext_lazy("A friendly word to both: what keeps them from meeting?"),
    Need.LATE: gettext_lazy("Ask %(name)s to propose a first date."),
    Need.BACK: gettext_lazy("The break is over: ask whether they go on."),
    Need.NOTHING: "",
}

WISHES = {Need.ASKED: SOMEBODY_ELSE, Need.HELP: A_HAND}


def advice_on(pair: Any) -> str:
    """For a pair of `queries.health.pairs_of`; empty when nothing is to do."""
    need = Need(pair.needs)
    if need in WISHES:
        names = " & ".join(str(pair.person(side).member) for side in askers_of(pair))
        return str(SENTENCES[need]) % {"name": names}
    side = _who_puts_off(pair) if need == Need.PUT_OFF else pair.cohort.program.scheduling_owed_by
    return str(SENTENCES[need]) % {"name": pair.person(side).member}


def askers_of(pair: Any) -> list[Side]:
    """Who of the two asks in confidence for what the pair needs; the other does not know."""
    wish = WISHES.get(Need(pair.needs))
    return wish.askers(pair) if wish else []


def standing_of(pair: Any) -> str:
    """Who has put meetings off since the two last met; empty when nobody has."""
    counts = {side: getattr(pair, f"put_off_by_{side}") for side in Side.values}
    names = [f"{pair.person(side).member} {count} ×" for side, count in counts.items() if count]
    return _("Put off: %(who)s") % {"who": ", ".join(names)} if names else ""


def _who_puts_off(pair: Any) -> Side:
    return Side.MENTOR if pair.put_off_by_mentor > pair.put_off_by_mentee else Side.MENTEE
