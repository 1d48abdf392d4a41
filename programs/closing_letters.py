"""The messages to those who run a cohort before its enrollment closes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.outbox.enums import Group, Reason
from mentoring.outbox.models import Message
from mentoring.outbox.registry import EffectKind, Letter, MailKind, register
from programs.enums import Side
from programs.operations import closing
from programs.post import absolute, letter_to
from programs.queries import closing as queries
from programs.queries.reminders import cohorts_with
from programs.wording import CLOSING


def _unwanted(messages: Sequence[Message], now: datetime) -> Mapping[UUID, Reason]:
    """Wanted before that very closing day, by somebody who still runs the cohort."""
    found = queries.still_run([each.subject_id for each in messages], now=now)
    return {
        each.pk: Reason.WITHDRAWN
        for each in messages
        if not (known := found.get(each.subject_id))
        or known[0] != closing.day_of(each.occurrence)
        or (each.kind.startswith(closing.KIND) and each.recipient not in known[1])
    }


def _announce(messages: Sequence[Message], now: datetime) -> None:
    cohorts = {each.pk: each for each in cohorts_with(each.subject_id for each in messages)}
    closing.announce([(cohorts[each.subject_id], each.occurrence) for each in messages], now=now)


def _write(message: Message, now: datetime) -> Letter:
    cohort, member = queries.cohort_to_write(message.subject_id, message.recipient)
    outlook = queries.outlook_of(cohort, now=now)
    page = reverse("cohort", args=[cohort.organization.slug, cohort.pk])
    context = {
        "cohort": cohort.name,
        "program": cohort.program.name,
        "closes": cohort.enrollment_closes_on,
        "is_last": closing.when_of(message.occurrence) == closing.When.LAST,
        "mentors": outlook.standings[Side.MENTOR],
        "mentees": outlook.standings[Side.MENTEE],
        "without_mentor": outlook.without_mentor,
        "without_mentee": outlook.without_mentee,
        "url": absolute(page),
    }
    return letter_to(member, cohort.organization, context)


for kind in (
    EffectKind(
        name=closing.PLAN,
        label=_("A look at a cohort before enrollment closes"),
        unwanted=_unwanted,
        apply=_announce,
    ),
    MailKind(
        name=closing.KIND,
        label=_("Enrollment closes soon, for those who run it"),
        template="mail/enrollment_closing",
        wording=CLOSING,
        group=Group.RUNNING,
        unwanted=_unwanted,
        write=_write,
        is_repeatable=True,
    ),
):
    register(kind)
