"""One answer, from the question to what follows: the same for who signed in and by a mail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mentoring.checkins.enums import Said
from mentoring.checkins.forms.answers import HelpForm
from mentoring.checkins.operations.answering import (
    Held,
    Met,
    NotAsked,
    Voice,
    say,
    say_help,
    say_met,
)
from mentoring.meetings import refusals
from mentoring.meetings.forms.meetings import LinkForm, LogForm
from mentoring.meetings.models import Meeting
from mentoring.meetings.proposals import held_meeting
from mentoring.meetings.queries.meetings import planned_of
from mentoring.pairings.drift import EVERY
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.drift import cadence_of


@dataclass(slots=True)
class Desk:
    """What the page of one answer shows, and what its button does.

    Of the meetings, at most one matters: ``unclear`` was planned and its time has passed,
    ``noted_at`` is a recent one that is noted, ``ahead`` the next one.
    """

    voice: Voice
    said: Said
    form: forms.Form
    unclear: Meeting | None = None
    noted_at: datetime | None = None
    ahead: Meeting | None = None

    def accept(self, *, now: datetime) -> bool:
        """Do what the valid form says; a refusal becomes an error of the form."""
        if not self.form.is_valid():
            return False
        try:
            with refusals.told(self.form):
                self._do(now)
        except NotAsked:
            text = _("Nobody asks about this pair at the moment: it has a break or has ended.")
            self.form.add_error(None, text)
        return not self.form.errors

    def _do(self, now: datetime) -> None:
        if self.said == Said.MET:
            say_met(self.voice, self._met(), now=now)
        elif isinstance(self.form, HelpForm):
            say_help(self.voice, tells=self.form.tells, now=now)
        else:
            say(self.voice, self.said, now=now)

    def _met(self) -> Met:
        if self.unclear:
            return Held(self.unclear, self.form.cleaned_data["minutes"])
        return self.form.plan if isinstance(self.form, LogForm) else None


def desk_for(voice: Voice, said: Said, data: Any, *, now: datetime) -> Desk:
    """Call it in the zone of the person, as that member. Two queries at most."""
    if said == Said.HELP:
        return Desk(voice, said, HelpForm(data))
    if said == Said.ALL_WELL:
        return Desk(voice, said, forms.Form(data))
    planned = planned_of([voice.pairing.pk]).get(voice.pairing.pk, [])
    if said == Said.DATE_SET:
        ahead = next((each for each in planned if not each.is_over(now=now)), None)
        return Desk(voice, said, forms.Form(data), ahead=ahead)
    return _met_desk(voice, planned, data, now=now)


def _met_desk(voice: Voice, planned: list[Meeting], data: Any, *, now: datetime) -> Desk:
    if unclear := next((each for each in planned if each.is_over(now=now)), None):
        form = LinkForm(data, initial={"minutes": unclear.minutes})
        return Desk(voice, Said.MET, form, unclear=unclear)
    if noted_at := _noted_lately(voice.pairing, now=now):
        return Desk(voice, Said.MET, forms.Form(data), noted_at=noted_at)
    initial = held_meeting(voice.pairing, now=now)
    return Desk(voice, Said.MET, LogForm(data, now=now, initial=initial))


def _noted_lately(pairing: Pairing, *, now: datetime) -> datetime | None:
    """The last meeting that is noted, if it is not longer ago than the pair means to wait."""
    met_at = pairing.last_met_at
    if met_at is None or met_at < now - EVERY[cadence_of(pairing)]:
        return None
    return met_at
