"""Ada, a mentor, and Carl, a mentee, who have ended their pair well."""

from datetime import datetime
from typing import Any

from mentoring.feedback.models import Answers, Response
from mentoring.feedback.sealed import unseal_answers
from mentoring.pairings.models import Pairing
from programs.enums import Moment, Side
from programs.models import FeedbackQuestion, Participant
from programs.operations.questions import form_in_use
from programs.queries.questions import asked_in
from tests.factories import inside, login, url
from tests.meetings.people import held
from tests.meetings.test_logs import ago, create_old_pair, reload_with_people
from tests.pairings.agreeing import agree
from tests.pairings.people import deliver

KIND = 'You asked "one more time", and that\'s when I spoke up.'


def create_ended(*, state: str = "completed", days: int = 0) -> tuple[Any, Any, Pairing]:
    """The two have met, and ended it so many days ago; nobody was asked for feedback yet."""
    ada, carl, pairing = create_old_pair()
    held(pairing, by=ada, starts_at=ago(days=40))
    agree(reload_with_people(pairing))
    with inside(pairing.organization_id):
        if state != "withdrawn":
            Pairing.objects.filter(pk=pairing.pk).update(state="closing")
        Pairing.objects.filter(pk=pairing.pk).update(
            state=state, mentor_place=None, mentee_place=None, ended_at=ago(days=days)
        )
    return ada, carl, reload_with_people(pairing)


def questions(pairing: Pairing, side: str, moment: Moment = Moment.PARTNER) -> list[Any]:
    """What that side is asked, as it is read in English."""
    with inside(pairing.organization_id):
        program = pairing.cohort.program
        return asked_in(form_in_use(program=program, moment=moment, writer=Side(side)), "en")


def ask_many(pairing: Pairing, count: int) -> None:
    """So many rated questions more, for both sides."""
    with inside(pairing.organization_id):
        for side in Side:
            form = form_in_use(program=pairing.cohort.program, moment=Moment.PARTNER, writer=side)
            FeedbackQuestion.objects.bulk_create(
                FeedbackQuestion(form=form, position=100 + each, text=f"Question {each}?")
                for each in range(count)
            )


def filled(pairing: Pairing, side: str, *, score: int = 4, text: str = KIND) -> dict[str, Any]:
    """A form with an answer to everything."""
    return {
        f"answer_{each.key.hex}": text if each.kind == "text" else score
        for each in questions(pairing, side)
    }


def page_of(client: Any, who: Participant, pairing: Pairing) -> Any:
    return login(client, who.member).get(url(who.member, "pair_feedback", pairing.pk))


def press(client: Any, who: Participant, pairing: Pairing, what: str = "", **data: Any) -> Any:
    view = f"pair_feedback_{what}" if what else "pair_feedback"
    address = url(who.member, view, pairing.pk)
    return login(client, who.member).post(address, data, follow=True)


def give(client: Any, who: Participant, pairing: Pairing, **more: Any) -> Any:
    """Fill everything in and send it."""
    return press(client, who, pairing, **filled(pairing, who.side, **more))


def give_both(client: Any, *two: Participant, pairing: Pairing) -> None:
    """Both send, and a worker hands it over."""
    for who in two:
        give(client, who, pairing, text=f"{KIND} {who.side}")
    deliver(pairing.cohort)


def said_by(who: Participant, pairing: Pairing, *, reader: Participant | None = None) -> list[Any]:
    """The answers of one of the two, as the writer, or as somebody else, may read them."""
    member_id = (reader or who).member_id
    with inside(pairing.organization_id, member_id=member_id):
        rows = Answers.objects.filter(response__pairing=pairing, response__member=who.member_id)
        return [value for row in rows for value in unseal_answers(row.text).values()]


def responses(pairing: Pairing) -> dict[str, Response]:
    with inside(pairing.organization_id):
        rows = Response.objects.filter(pairing=pairing, moment=Moment.PARTNER)
        return {each.side: each for each in rows}


def let_end(pairing: Pairing, *, at: datetime) -> None:
    """So long ago they ended it."""
    with inside(pairing.organization_id):
        Pairing.objects.filter(pk=pairing.pk).update(ended_at=at)
