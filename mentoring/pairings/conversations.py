"""The messages on the page of a pair: the last ones, and a place to write the next."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from mentoring.lib.contributions import Section
from mentoring.pairings.enums import Phase
from mentoring.pairings.forms.messages import MessageForm
from mentoring.pairings.models import Pairing
from mentoring.pairings.queries.messages import conversation_of
from mentoring.pairings.queries.pairs import Card
from programs.enums import Side

SHOWN = 3
POSITION = 40


def compose(card: Card, now: datetime) -> Section | None:
    """One query. A pair that has ended shows what there was, if anything."""
    conversation = conversation_of(card, now=now, size=SHOWN)
    is_live = card.phase == Phase.PAIR
    if not is_live and not conversation.lines:
        return None
    context = {
        "conversation": conversation,
        "form": empty_form(card) if is_live else None,
    }
    return Section("pairings/_messages.html", POSITION, context)


def empty_form(card: Card, *, text: str = "") -> MessageForm:
    """A form that may be sent once."""
    return MessageForm(
        name=str(card.partner.member),
        draft=draft_of(card.pairing, card.side),
        initial={"nonce": fresh(), "text": text},
    )


def fresh() -> UUID:
    return uuid4()


def draft_of(pairing: Pairing, side: Side) -> str:
    """Under which name the browser keeps what one of the two has begun to write."""
    return f"messages-{side}-{pairing.pk}"


def not_my_topic(topics: Iterable[object]) -> str:
    """A ready answer for the mentor to a request outside the focus of the two, in kind words."""
    names = ", ".join(map(str, topics))
    if not names:
        return _(
            "Thank you for asking! That is outside of what I know well. "
            "Shall we pick another topic together?"
        )
    text = _(
        "Thank you for asking! That is outside of what I know well. "
        "What I can offer you: %(topics)s. Shall we start there?"
    )
    return text % {"topics": names}
