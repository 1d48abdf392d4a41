"""The conversation of a pair."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.pairings.conversations import draft_of, empty_form, not_my_topic
from mentoring.pairings.enums import Phase
from mentoring.pairings.forms.messages import MessageForm
from mentoring.pairings.operations import messages as operations
from mentoring.pairings.queries import messages as queries
from mentoring.pairings.queries.pairs import Card, card_of
from programs.enums import Side

OFF_TOPIC = "off-topic"


@member_view(Permission.TAKE_PART)
@require_http_methods(["GET", "HEAD", "POST"])
def pair_messages(request: MemberRequest, pairing_id: UUID) -> HttpResponse:
    """Read the conversation, and write; reading it is what makes messages read."""
    now = timezone.now()
    pairing = get_object_or_404(queries.pairs_of(request.member), pk=pairing_id)
    card = card_of(pairing, request.member, now=now)
    form = _form(request, card)
    if request.method == "POST" and form.is_valid() and _send(card, form):
        address = _address(request, pairing_id)
        return redirect(f"{address}?sent={draft_of(pairing, card.side)}#newest")
    is_read = request.method == "GET" and bool(
        operations.mark_read(pairing=pairing, reader=request.member, now=now)
    )
    before = request.GET.get("before", "")
    context = {
        "card": card,
        "pairing": pairing,
        "conversation": queries.conversation_of(card, now=now, before=before, is_read=is_read),
        "form": form,
        "is_live": card.phase == Phase.PAIR,
        "unsent": form.data.get("text", "") if form.errors else "",
    }
    return page(request, "pairings/messages.html", context, part="lines")


@member_view(Permission.TAKE_PART)
@require_POST
def pair_message_take_back(
    request: MemberRequest, pairing_id: UUID, pair_message_id: UUID
) -> HttpResponse:
    """Take an own message back soon after it was written."""
    pairing = get_object_or_404(queries.pairs_of(request.member), pk=pairing_id)
    own = queries.own_messages(request.member, pairing)
    message = get_object_or_404(own, pk=pair_message_id)
    if operations.take_back(message=message, now=timezone.now()):
        messages.success(request, _("Taken back. Its text is gone."))
    else:
        messages.info(request, _("It is too late to take this back."))
    return redirect(f"{_address(request, pairing_id)}#newest")


def _form(request: MemberRequest, card: Card) -> MessageForm:
    if request.method != "POST":
        return empty_form(card, text=_ready_words(request, card))
    draft = draft_of(card.pairing, card.side)
    return MessageForm(request.POST, name=str(card.partner.member), draft=draft)


def _send(card: Card, form: MessageForm) -> bool:
    try:
        operations.write(
            pairing=card.pairing, side=card.side, now=timezone.now(), **form.cleaned_data
        )
    except operations.PairOver:
        form.add_error(None, _("This pair has ended, so your message was not sent."))
        return False
    except operations.TooMany:
        text = _(
            "You have written a lot in the last hour. Take a breath; in a little while you can "
            "send this one, too."
        )
        form.add_error("text", text)
        return False
    return True


def _ready_words(request: MemberRequest, card: Card) -> str:
    """What the mentor may say to a request that is none of the pair's topics."""
    is_wanted = request.GET.get("reply") == OFF_TOPIC and card.side == Side.MENTOR
    return not_my_topic(card.topics) if is_wanted else ""


def _address(request: MemberRequest, pairing_id: UUID) -> str:
    return reverse("pair_messages", args=[request.organization.slug, pairing_id])
