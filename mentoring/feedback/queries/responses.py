"""What one of a pair has answered and received. Ask as that member: nobody else may read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from accounts.models import Member
from mentoring.feedback.models import Answers, Response
from mentoring.feedback.sealed import Said, unseal_answers
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Side
from programs.models import Cohort
from programs.queries.questions import Asked, asked_in

NOTHING: Said = {}


@dataclass(frozen=True, slots=True)
class Received:
    """Feedback that one may read, and from whom."""

    response: Response
    writer: Member
    cohort: Cohort


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions of a response in the reader's language, and what stands there."""

    response: Response
    asked: list[Asked]
    said: Said

    @property
    def lines(self) -> list["Line"]:
        """Each question with its answer, for reading."""
        return [Line(each, self.said.get(each.key)) for each in self.asked]


@dataclass(frozen=True, slots=True)
class Line:
    """A question and what was answered, if anything."""

    asked: Asked
    value: int | str | None

    @property
    def choice(self) -> str:
        """The words of the choice; empty for other kinds."""
        number = self.value
        is_choice = isinstance(number, int) and number < len(self.asked.choices)
        return self.asked.choices[number] if is_choice and isinstance(number, int) else ""


def sheet_of(response: Response, language: str) -> Sheet:
    """A response that comes with its form, as its writer or reader. One query."""
    asked = asked_in(response.form, language) if response.form else []
    return Sheet(response, asked, said_in(response))


def said_in(response: Response) -> Said:
    """What stands in it, as far as the member in scope may read it. One query."""
    row = Answers.objects.filter(response=response).first()
    return unseal_answers(row.text) if row else NOTHING


def feedback_of(pairing_id: UUID) -> dict[Side, Response]:
    """The feedback of both to each other, by who writes, drafts and what is only asked for too."""
    rows = Response.objects.to_the_partner().filter(pairing=pairing_id)
    return {Side(each.side): each for each in rows.with_form()}


def feedback_of_all(pairings: Iterable[UUID]) -> dict[UUID, dict[Side, Response]]:
    """The same for several pairs, without their forms. One query."""
    rows = Response.objects.to_the_partner().filter(pairing__in=list(pairings))
    found: dict[UUID, dict[Side, Response]] = {}
    for each in rows:
        found.setdefault(each.pairing_id, {})[Side(each.side)] = each
    return found


def received_by(side: Side, found: dict[Side, Response]) -> Response | None:
    """What the partner of that side has written, once it may be read."""
    response = found.get(OTHER_SIDE[side])
    return response if response and response.opened_at else None


def received_in_all(member: Member) -> list[Received]:
    """From every partner whose feedback the member may read, the latest first. One query."""
    mine = Q(side=Side.MENTEE, pairing__mentor__member=member) | Q(
        side=Side.MENTOR, pairing__mentee__member=member
    )
    rows = Response.objects.to_the_partner().filter(mine, opened_at__isnull=False)
    found = rows.select_related("member__user", "pairing__cohort").order_by("-opened_at", "-pk")
    return [Received(each, each.member, each.pairing.cohort) for each in found]
