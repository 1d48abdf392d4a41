"""Writing answers: a draft for as long as somebody likes, then sent once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import Member
from mentoring.feedback.models import Answers, Response
from mentoring.feedback.moments import may_answer
from mentoring.feedback.operations.opening import plan_opening
from mentoring.feedback.operations.releasing import plan_release
from mentoring.feedback.sealed import Said, seal_answers
from mentoring.pairings.models import Pairing
from programs.enums import Moment, Side
from programs.models import FeedbackForm
from programs.operations.questions import form_in_use, mark_used
from programs.queries.questions import newest_forms


class NotNow(Exception):
    """At this point of the pair there is nothing to answer at this moment."""


class SentAlready(Exception):
    """The answers were sent, from this or another window; a draft comes too late."""


class Opened(Exception):
    """The partner can read it, so it cannot be taken back."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One of the two of a pair, at one moment; the pairing comes with people and program."""

    pairing: Pairing
    side: Side
    moment: Moment

    @property
    def member(self) -> Member:
        return self.pairing.person(self.side).member


@transaction.atomic
def begin(voice: Voice, *, now: datetime, known: Response | None = None) -> Response:
    """The person's response, with its questions; from the first time on it asks the same ones.

    ``known`` is the one that was just read, with its form. Twice is once. Raises NotNow when
    there is nothing to answer and nothing was begun.
    """
    response = known or _known(voice)
    if response and response.form_id:
        return response
    if not may_answer(voice.pairing, voice.moment):
        raise NotNow
    form = _form_for(voice)
    mark_used(form=form, now=now)
    if response is None:
        response, _ = Response.objects.get_or_create(**_key(voice), defaults={"side": voice.side})
    if Response.objects.filter(pk=response.pk, form=None).update(form=form, begun_at=now):
        response.form, response.begun_at = form, now
        return response
    # Another window was faster, perhaps with another version.
    return Response.objects.with_form().get(pk=response.pk)


@transaction.atomic
def save(voice: Voice, said: Said, *, now: datetime) -> Response:
    """Keep a draft, which nobody else reads. Call it as that member.

    Raises NotNow and SentAlready.
    """
    response = _locked(voice, now)
    if response.sent_at:
        raise SentAlready
    _keep(response, voice, said)
    return response


@transaction.atomic
def send(voice: Voice, said: Said, *, now: datetime) -> Response:
    """Send the answers; feedback reaches the partner when both have sent, or after a while.

    Call it as that member. Raises NotNow and SentAlready.
    """
    response = _locked(voice, now)
    if response.sent_at:
        raise SentAlready
    _keep(response, voice, said)
    response.sent_at = now
    response.save(update_fields=["sent_at"])
    if voice.moment == Moment.PARTNER:
        plan_opening(voice.pairing, now=now)
    else:
        plan_release(voice.pairing.cohort_id, now=now)
    return response


@transaction.atomic
def take_back(voice: Voice, *, now: datetime) -> bool:
    """Make a draft again of feedback that the partner cannot read yet.

    Return whether there was something to take back. Raises Opened.
    """
    response = Response.objects.select_for_update().filter(**_key(voice)).sent().first()
    if response is None or voice.moment != Moment.PARTNER:
        return False
    if response.opened_at:
        raise Opened
    response.sent_at = None
    response.save(update_fields=["sent_at"])
    return True


def _key(voice: Voice) -> dict[str, object]:
    return {
        "organization_id": voice.pairing.organization_id,
        "pairing": voice.pairing,
        "member": voice.member,
        "moment": voice.moment,
    }


def _form_for(voice: Voice) -> FeedbackForm:
    program, moment = voice.pairing.cohort.program, voice.moment
    found = newest_forms(program, moment).get(voice.side)
    return found or form_in_use(program=program, moment=moment, writer=voice.side)


def _known(voice: Voice) -> Response | None:
    return Response.objects.with_form().filter(**_key(voice)).first()


def _locked(voice: Voice, now: datetime) -> Response:
    """The person's response, begun and locked."""
    rows = Response.objects.select_for_update()
    known = rows.filter(**_key(voice), form__isnull=False).first()
    return known or rows.get(pk=begin(voice, now=now).pk)


def _keep(response: Response, voice: Voice, said: Said) -> None:
    Answers.objects.update_or_create(
        organization_id=response.organization_id,
        response=response,
        defaults={"writer": voice.member, "text": seal_answers(said)},
    )
