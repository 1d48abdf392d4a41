"""Writing mails in one's own words, going back to ours, and trying them on oneself."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from accounts.models import Member
from accounts.operations.audit import record
from accounts.reaching import address_of
from mentoring.notices.editable import name_of
from mentoring.notices.enums import TRIAL, Action
from mentoring.notices.models import MailText, MailTrial
from mentoring.notices.queries.texts import latest_at, stamp_of, trials_before, trials_since
from mentoring.outbox.operations import enqueue
from mentoring.outbox.texts import Place
from mentoring.outbox.wording import OwnText

MOST_TRIALS, WINDOW = 10, timedelta(hours=1)


class ChangedMeanwhile(Exception):
    """Somebody else has changed these words since the person began to type."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.latest = latest_at(place)


class NothingToReset(Exception):
    """The words are ours already."""


class TooManyTrials(Exception):
    """The person has sent as many tests within the hour as are allowed."""


@transaction.atomic
def change_text(*, place: Place, own: OwnText, seen: str, actor: Member, now: datetime) -> MailText:
    """Let mails at this place have these words. Raises ChangedMeanwhile.

    ``seen`` is the stamp of the version that the person began with. The same words again
    change nothing.
    """
    latest = _held(place, seen)
    if latest and latest.ended_at is None and latest.own == own:
        return latest
    written = _write(place, own, latest, actor, now=now)
    _note(Action.TEXT_CHANGED, written, actor, before=latest)
    return written


@transaction.atomic
def reset_text(*, place: Place, seen: str, actor: Member, now: datetime) -> None:
    """Let the words be ours again. Raises ChangedMeanwhile or NothingToReset."""
    latest = _held(place, seen)
    if latest is None or latest.ended_at:
        raise NothingToReset
    MailText.objects.filter(pk=latest.pk).update(ended_at=now)
    _note(Action.TEXT_RESET, latest, actor)


@transaction.atomic
def bring_back(*, text: MailText, seen: str, actor: Member, now: datetime) -> MailText:
    """Let an earlier version count again, as a new one. Raises ChangedMeanwhile."""
    latest = _held(text.place, seen)
    written = _write(text.place, text.own, latest, actor, now=now)
    _note(Action.TEXT_BROUGHT_BACK, written, actor, before=latest)
    return written


@transaction.atomic
def send_trial(*, place: Place, own: OwnText, member: Member, now: datetime) -> MailTrial:
    """Send these words to whoever writes them, and to nobody else. Raises TooManyTrials."""
    Member.objects.select_for_update().get(pk=member.pk)
    trials_before(member, now).delete()
    if trials_since(member, now - WINDOW) >= MOST_TRIALS:
        raise TooManyTrials
    trial: MailTrial = MailTrial.objects.create(
        **place._asdict(),
        subject=own.subject,
        words=own.words,
        button=own.button,
        member=member,
        asked_at=now,
    )
    address = address_of(member)
    enqueue(kind=TRIAL, recipient=address, subject_id=trial.pk, occurrence="1", due_at=now)
    return trial


def _held(place: Place, seen: str) -> MailText | None:
    """The newest version, locked. Two who write the first one are told apart by constraint."""
    rows = MailText.objects.at(place).order_by("-version").select_for_update()
    latest = rows.first()
    if stamp_of(latest) != seen:
        raise ChangedMeanwhile(place)
    return latest


def _write(
    place: Place, own: OwnText, latest: MailText | None, actor: Member, *, now: datetime
) -> MailText:
    try:
        with transaction.atomic():
            MailText.objects.at(place).counting().update(ended_at=now)
            written: MailText = MailText.objects.create(
                **place._asdict(),
                version=latest.version + 1 if latest else 1,
                subject=own.subject,
                words=own.words,
                button=own.button,
                written_by=actor,
                written_at=now,
            )
    except IntegrityError as error:
        raise ChangedMeanwhile(place) from error
    return written


def _note(action: Action, text: MailText, actor: Member, *, before: MailText | None = None) -> None:
    details: dict[str, object] = {"mail": text.kind, "language": text.language}
    if action != Action.TEXT_RESET:
        was = before.subject if before and before.ended_at is None else ""
        details["subject"] = [was, text.subject]
        details["text_version"] = text.version
    record(
        actor=actor,
        action=action,
        subject_id=text.pk,
        subject_name=str(name_of(text.kind)),
        details=details,
    )
