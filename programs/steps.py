"""Where a cohort can go from here, what that does, and what stands in the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from accounts.terms import Form, Term, word_for
from programs.enums import CohortState, Side
from programs.models import Cohort
from programs.preflight import Check, Severity, errors_in, preflight_of
from programs.queries.eligibility import eligible_on_any_side
from programs.queries.funnel import Standing, funnel_of
from programs.transitions import BACK, next_states

type Move = tuple[CohortState, CohortState]
type Funnel = dict[Side, Standing]

TO_ENROLL_AGAIN = {"program", "dates", "window"}


@dataclass(frozen=True, slots=True)
class Step:
    """A way on or back. It can be taken when nothing ``blocks``."""

    to: CohortState
    label: str
    effect: str
    blocks: tuple[Check, ...]
    is_back: bool


@dataclass(frozen=True, slots=True)
class Situation:
    """What labels, effects and blocks are worked out from."""

    cohort: Cohort
    member: Member
    today: date
    funnel: Funnel

    def people_called(self, side: Side) -> str:
        return word_for(self.member.organization.terms, Term(side.value), Form.MANY)


def steps_from(
    cohort: Cohort, *, member: Member, today: date, funnel: Funnel | None = None
) -> list[Step]:
    """The next step and, where there is one, the way back."""
    state = CohortState(cohort.state)
    given = funnel or funnel_of(cohort, today=today)
    situation = Situation(cohort, member, today, given)
    return [
        Step(
            to=to,
            label=_label((state, to)),
            effect=EFFECTS[state, to](situation),
            blocks=tuple(_blocks((state, to), situation)),
            is_back=BACK.get(state) == to,
        )
        for to in next_states(state)
    ]


def _label(move: Move) -> str:
    labels = {
        CohortState.DRAFT: _("Back to draft"),
        CohortState.MATCHING: _("Close enrollment"),
        CohortState.RUNNING: _("Let the pairs begin"),
        CohortState.CLOSING: _("Start closing"),
        CohortState.CLOSED: _("Close the cohort"),
    }
    if move == (CohortState.MATCHING, CohortState.ENROLLING):
        return _("Open enrollment again")
    return labels.get(move[1], _("Open enrollment"))


def _blocks(move: Move, situation: Situation) -> Iterator[Check]:
    """What has to be true first. Matching and pairs add their own conditions on their floors."""
    if move[1] == CohortState.ENROLLING:
        checks = preflight_of(situation.cohort, member=situation.member, today=situation.today)
        is_again = move[0] == CohortState.MATCHING
        yield from (
            check for check in errors_in(checks) if not is_again or check.key in TO_ENROLL_AGAIN
        )
    elif move == (CohortState.ENROLLING, CohortState.DRAFT):
        yield from _nobody_enrolled(situation)
    elif move == (CohortState.ENROLLING, CohortState.MATCHING):
        yield from _somebody_approved(situation)


def _nobody_enrolled(situation: Situation) -> Iterator[Check]:
    if any(each.sent for each in situation.funnel.values()):
        yield Check(
            "enrolled",
            _("Somebody has enrolled"),
            _("People who said yes must not lose their place without a word."),
            Severity.ERROR,
        )


def _somebody_approved(situation: Situation) -> Iterator[Check]:
    for side, standing in situation.funnel.items():
        if not standing.approved:
            yield Check(
                f"approved_{side}",
                _("No %(people)s are approved") % {"people": situation.people_called(side)},
                _("There has to be somebody on both sides to put together."),
                Severity.ERROR,
            )


def _opens(situation: Situation) -> str:
    day = situation.cohort.enrollment_opens_on
    count = eligible_on_any_side(situation.cohort).count()
    eligible = ngettext(
        "%(count)d person is eligible.", "%(count)d people are eligible.", count
    ) % {"count": count}
    if day and day > situation.today:
        begin = _("People can enroll from %(day)s.") % {"day": date_format(day)}
    else:
        begin = _("People can enroll at once.")
    return f"{begin} {eligible}"


def _reopens(situation: Situation) -> str:
    day = situation.cohort.enrollment_closes_on
    if day:
        return _("People can enroll again, until %(day)s.") % {"day": date_format(day)}
    return _("People can enroll again.")


def _closes(situation: Situation) -> str:
    first, second = situation.funnel[Side.MENTOR], situation.funnel[Side.MENTEE]
    text = _("Nobody can enroll any more. Approved: %(mentors)s %(first)d, %(mentees)s %(second)d.")
    pending = first.pending + second.pending
    if pending:
        text += " " + ngettext(
            "%(count)d person still waits for your decision.",
            "%(count)d people still wait for your decision.",
            pending,
        )
    return text % {
        "mentors": situation.people_called(Side.MENTOR),
        "first": first.approved,
        "mentees": situation.people_called(Side.MENTEE),
        "second": second.approved,
        "count": pending,
    }


def _back_to_draft(situation: Situation) -> str:
    return _("Nobody can enroll until you open enrollment again. Invitations stay as they are.")


def _begins(situation: Situation) -> str:
    if situation.cohort.ends_on:
        day = date_format(situation.cohort.ends_on)
        return _("The pairs work together until %(day)s.") % {"day": day}
    return _("The pairs work together from now on.")


def _winds_down(situation: Situation) -> str:
    return _("The pairs look back and give each other feedback. No pair is ended by this.")


def _ends(situation: Situation) -> str:
    return _("Everything stays readable, nothing can be changed any more. This is for good.")


EFFECTS: dict[Move, Callable[[Situation], str]] = {
    (CohortState.DRAFT, CohortState.ENROLLING): _opens,
    (CohortState.ENROLLING, CohortState.MATCHING): _closes,
    (CohortState.MATCHING, CohortState.RUNNING): _begins,
    (CohortState.RUNNING, CohortState.CLOSING): _winds_down,
    (CohortState.CLOSING, CohortState.CLOSED): _ends,
    (CohortState.ENROLLING, CohortState.DRAFT): _back_to_draft,
    (CohortState.MATCHING, CohortState.ENROLLING): _reopens,
}
