"""Ada, a mentor, and Carl, a mentee, who have met and are asked how it is going."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from django.utils import timezone

from mentoring.checkins.models import Answer, CheckIn
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.models import Schedule
from mentoring.outbox.unrolling import unroll_some
from mentoring.pairings.models import Pairing
from mentoring.tenancy.scope import within
from programs.models import Participant
from tests.factories import inside, login, url
from tests.meetings.people import BERLIN, create_pair, held
from tests.meetings.test_logs import ago, reload_with_people
from tests.pairings.people import deliver

# A month and a bit: whichever month it is, the first check-in has come within a week.
MONTH = timedelta(days=32)
SINCE = timedelta(days=33)


type Two = tuple[Participant, Participant]


def create_active(
    two: Two | None = None, *, since: timedelta = SINCE
) -> tuple[Participant, Participant, Pairing]:
    """The two have met for the first time that long ago, and mean to meet each month."""
    ada, carl, pairing = create_pair(two)
    with inside(ada.organization_id):
        Pairing.objects.filter(pk=pairing.pk).update(began_at=ago(days=365))
    held(reload_with_people(pairing), by=ada, starts_at=at_noon(before=since))
    return ada, carl, reload_with_people(pairing)


def at_noon(*, before: timedelta) -> datetime:
    """Noon of the day that was that long ago: whenever tests run, it is a civil hour."""
    return (timezone.now() - before).astimezone(BERLIN).replace(hour=12, minute=0, second=0)


def let_time_pass(pairing: Pairing, *, at: datetime) -> None:
    """What workers do once, at that time: schedules that are due, then messages."""
    with within(pairing.organization_id):
        while unroll_some(now=at):
            pass
    deliver(pairing.cohort, at=at)


def ask_both(pairing: Pairing) -> None:
    """The month is over, at noon and again next noon: late ones wait for a civil hour."""
    for extra in (0, 1):
        at = pairing.introduced_at + MONTH + timedelta(days=extra - 1)
        let_time_pass(pairing, at=at)


def create_asked() -> tuple[Participant, Participant, Pairing]:
    """Both are asked, less than a week ago."""
    ada, carl, pairing = create_active()
    ask_both(pairing)
    return ada, carl, pairing


def page_of(client: Any, who: Participant, pairing: Pairing, *parts: str) -> Any:
    view = "pair_check_in_answer" if parts else "pair_check_in"
    return login(client, who.member).get(url(who.member, view, pairing.pk, *parts))


def say(client: Any, who: Participant, pairing: Pairing, said: str, /, **data: Any) -> Any:
    """Press the button of that answer."""
    address = url(who.member, "pair_check_in_answer", pairing.pk, said)
    return login(client, who.member).post(address, data, follow=True)


def said_by(who: Participant, pairing: Pairing) -> list[str]:
    """What the person has said about the pair, as the person reads it."""
    with inside(pairing.organization_id, member_id=who.member_id):
        rows = Answer.objects.filter(check_in__pairing=pairing).order_by("at", "pk")
        return list(rows.values_list("said", flat=True))


def check_ins(pairing: Pairing) -> list[tuple[str, bool]]:
    """Side of each check-in, and whether it is answered."""
    with inside(pairing.organization_id):
        rows = CheckIn.objects.filter(pairing=pairing).order_by("on", "side")
        return [(each.side, each.answered_at is not None) for each in rows]


def schedules(pairing: Pairing) -> list[Schedule]:
    with inside(pairing.organization_id):
        rows = Schedule.objects.filter(subject_id=pairing.pk, kind="checkins.ask")
        return list(rows.order_by("label"))


def asking_mails(mails: Iterable[EmailMessage], who: Participant) -> list[EmailMessage]:
    """The check-in mails that went to the person, the first one first."""
    found = [each for each in mails if "ow is it going with" in str(each["Subject"])]
    mine = [each for each in found if who.member.email in str(each["To"])]
    return sorted(mine, key=lambda each: "One tap" in str(each["Subject"]))


def links_in(mail: EmailMessage) -> dict[str, str]:
    """The path behind each answer of the mail."""
    text = text_of(mail, "plain")
    return {
        said: path for path, said in re.findall(r"https?://[^/\s]+(/check-ins/\S+/([a-z]+)/)", text)
    }
