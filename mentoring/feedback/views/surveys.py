"""What the program asks the two of a pair in waves."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.feedback.desk import Desk, Outcome, desk_for
from mentoring.feedback.operations.answering import Voice
from mentoring.feedback.queries import surveys as queries
from mentoring.feedback.survey_words import title_of
from mentoring.feedback.waves import Door
from mentoring.lib.pages import page, wants_part
from mentoring.pairings.enums import Phase
from mentoring.pairings.queries.pairs import Card, card_of, pairs_to_show
from mentoring.pairings.wishes import SOMEBODY_ELSE
from programs.enums import WAVES, Moment

LATER = "later"


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_survey(request: MemberRequest, pairing_id: UUID, moment: str) -> HttpResponse:
    """The questions of one wave, or the own answers once they are sent."""
    card, survey = _survey(request, pairing_id, moment)
    desk = _desk(request, card, survey)
    here = redirect("pair_survey", request.organization.slug, pairing_id, moment)
    if request.method == "POST":
        outcome = _outcome(request, desk, survey)
        if outcome == Outcome.KEPT and request.POST.get("do") == LATER:
            return redirect("pair", request.organization.slug, pairing_id)
        if outcome not in {Outcome.INVALID, Outcome.PARTLY}:
            return here
    context = {
        "card": card,
        "pairing": card.pairing,
        "survey": survey,
        "desk": desk,
        "title": title_of(survey.moment, str(card.partner.member)),
        "offers_another": survey.moment == Moment.INTRODUCTION and card.phase == Phase.PAIR,
        "asked_for_another": SOMEBODY_ELSE.asked_at(card.pairing, card.side),
    }
    return page(request, f"feedback/survey_{_page(survey)}.html", context)


@member_view(Permission.TAKE_PART)
@require_POST
def pair_survey_draft(request: MemberRequest, pairing_id: UUID, moment: str) -> HttpResponse:
    """Keep what is typed so far. What comes after sending changes nothing."""
    card, survey = _survey(request, pairing_id, moment)
    desk = _desk(request, card, survey, is_draft=True)
    outcome = desk.keep(now=timezone.now()) if desk else Outcome.OVER
    if not wants_part(request):
        return redirect("pair_survey", request.organization.slug, pairing_id, moment)
    context = {"outcome": outcome.value, "now": timezone.now()}
    return page(request, "feedback/_draft.html", context)


def _survey(request: MemberRequest, pairing_id: UUID, moment: str) -> tuple[Card, queries.Survey]:
    """The pair as the member may see it; what has not begun is asked nothing."""
    now = timezone.now()
    known = pairs_to_show(request.member).filter(began_at__isnull=False)
    card = card_of(get_object_or_404(known, pk=pairing_id), request.member, now=now)
    if moment not in WAVES:
        raise Http404
    return card, queries.survey_of(card, Moment(moment), now=now)


def _desk(
    request: MemberRequest, card: Card, survey: queries.Survey, *, is_draft: bool = False
) -> Desk | None:
    """The questions with what stands there; None when there is nothing to answer or to read."""
    response = survey.response
    if response is None or (survey.door != Door.OPEN and not survey.is_begun):
        return None
    data = request.POST if request.method == "POST" else None
    voice = Voice(card.pairing, card.side, survey.moment)
    is_lenient = is_draft or survey.door != Door.OPEN or request.POST.get("do") == LATER
    language = get_language() or request.organization.language
    return desk_for(voice, response, language, data, is_draft=is_lenient, now=timezone.now())


def _outcome(request: MemberRequest, desk: Desk | None, survey: queries.Survey) -> Outcome:
    """Do what the button says, and tell what has become of it."""
    if desk is None:
        return Outcome.OVER
    now = timezone.now()
    is_late = survey.door != Door.OPEN
    keeps = is_late or request.POST.get("do") == LATER
    outcome = desk.keep(now=now) if keeps else desk.send(now=now)
    if outcome == Outcome.SENT:
        messages.success(request, _("Sent. Thank you."))
    elif outcome == Outcome.SENT_BEFORE:
        messages.info(request, _("You have sent this before. Nothing was changed."))
    elif outcome == Outcome.KEPT and not is_late:
        messages.success(request, _("Saved as a draft. You can go on at any time."))
    return Outcome.OVER if is_late else outcome


def _page(survey: queries.Survey) -> str:
    match survey.door:
        case Door.OPEN:
            return "form"
        case Door.SENT:
            return "sent"
        case _:
            return "closed"
