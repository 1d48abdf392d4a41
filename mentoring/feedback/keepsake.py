"""What two people keep of their time as a pair, as a PDF: only what both agreed to."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.terms import words_of
from mentoring.feedback.parts import CommonPart, OwnPart
from mentoring.feedback.queries.closing import Closing, Standing
from mentoring.lib.pdfs import render_pdf
from mentoring.pairings.queries.pairs import Card
from programs.enums import Side


@dataclass(frozen=True, slots=True)
class Page:
    """What one of the two shares, for both to keep."""

    name: str
    standing: Standing | None
    line: str


def pages_of(card: Card, closing: Closing) -> list[Page]:
    """What the two share, the mentor first; nothing of what somebody keeps for themselves."""
    own, theirs = closing.own, closing.theirs
    mine = Page(
        str(card.me.member),
        own.standing if OwnPart.STANDING in own.shared else None,
        own.line if OwnPart.LINE in own.shared else "",
    )
    other = Page(str(card.partner.member), theirs.standing, theirs.line)
    both = [mine, other] if card.side == Side.MENTOR else [other, mine]
    return [each for each in both if each.standing or each.line]


def context_of(card: Card, closing: Closing) -> dict[str, Any]:
    """What the document is made of."""
    covered = closing.covered
    return {
        "words": words_of(card.me.member.organization.terms),
        "pairing": card.pairing,
        "card": card,
        "covered": covered,
        "goals": covered.goals if closing.keeps(CommonPart.GOALS) else [],
        "promises": covered.promises if closing.keeps(CommonPart.COMMITMENTS) else [],
        "pages": pages_of(card, closing),
    }


def pdf_of(card: Card, closing: Closing) -> bytes:
    """The document in the language and the time zone of the reader, as one of the two."""
    names = {"mentor": card.pairing.mentor.member, "mentee": card.pairing.mentee.member}
    return render_pdf(
        "feedback/closing_pdf.html",
        context_of(card, closing),
        language=get_language(),
        title=_("%(mentor)s and %(mentee)s: what we keep") % names,
    )


def file_name() -> str:
    """The same for everybody: a folder of downloads is seen by others, and knows no names."""
    return f"{slugify(_('Keepsake'))}.pdf"
