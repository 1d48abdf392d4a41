"""What those who run a cohort are told about meetings."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mentoring.meetings.operations import telling
from mentoring.outbox.enums import Group
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register
from mentoring.pairings.kinds.coordinators import letter_to_coordinator, unwanted_by_coordinator
from mentoring.pairings.kinds.letters import sided
from mentoring.pairings.kinds.wording import WHO, of_running


def _write(message: Message, now: datetime) -> Letter:
    side, _change = sided(message)
    return letter_to_coordinator(message, lambda pairing: {"who": str(pairing.person(side).member)})


register(
    MailKind(
        name=telling.PUT_OFF_AGAIN,
        label=_("A pair’s meetings are put off again"),
        template="mail/meeting_put_off_again",
        group=Group.RUNNING,
        unwanted=unwanted_by_coordinator(),
        write=_write,
        wording=of_running(WHO),
    )
)
