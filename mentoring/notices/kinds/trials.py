"""The mail that tries an own text: to whoever writes it, about people who do not exist."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.permissions import Permission
from accounts.reaching import address_of, zone_name_of
from mentoring.notices.editable import spot_at
from mentoring.notices.enums import TRIAL
from mentoring.notices.models import MailTrial
from mentoring.notices.queries.texts import trial_with
from mentoring.notices.trying import example_for, filled_for
from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import Letter, MailKind, register


def _may_still(trial: MailTrial | None) -> bool:
    """Whoever has left, or may not write such texts any more, gets nothing."""
    if trial is None or trial.member.deactivated_at or spot_at(trial.place) is None:
        return False
    return trial.member.may(Permission.ORGANIZATION_EDIT)


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    return {
        each.pk: Reason.WITHDRAWN
        for each in messages
        if not _may_still(trial_with(each.subject_id))
    }


def _write(message: Message, now: datetime) -> Letter:
    trial = trial_with(message.subject_id)
    spot = spot_at(trial.place) if trial else None
    if trial is None or spot is None:
        raise LookupError
    member, organization = trial.member, trial.member.organization
    zone = zone_name_of(member, organization)
    context = example_for(spot, member, trial.language, now=now)
    with timezone.override(zone):
        own = filled_for(spot, trial.own, context, trial.language)
    if own:
        with override(trial.language):
            subject = _("Test: %(subject)s") % {"subject": own.subject}
        own = replace(own, subject=subject)
    return Letter(
        to=(str(member), address_of(member)),
        language=trial.language,
        time_zone=zone,
        context=context,
        template=spot.kind.template,
        own=own,
    )


register(
    MailKind(
        name=TRIAL,
        label=gettext_lazy("Test of own words for a mail"),
        # That of the mail whose words are tried.
        template="",
        group=Group.RUNNING,
        # Whoever asks for a test waits for it.
        is_essential=True,
        unwanted=_unwanted,
        write=_write,
    )
)
