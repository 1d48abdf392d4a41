"""Pairs that wind up and look back, for tests of the closing page."""

import io
import re
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from pypdf import PdfReader

from mentoring.feedback.models import KeepsakeConsent, Reflection
from mentoring.feedback.operations import reflecting
from mentoring.feedback.operations.reflecting import Said
from mentoring.feedback.parts import CommonPart, OwnPart
from mentoring.pairings.models import Pairing
from mentoring.pairings.operations import closings
from mentoring.pairings.operations.closings import Why
from mentoring.pairings.queries.pairs import card_of
from mentoring.profiles.models import SelfRating
from mentoring.profiles.ratings import statements_of
from programs.enums import Side
from programs.models import Participant
from tests.factories import inside, login, url
from tests.meetings.people import held
from tests.meetings.test_logs import ago, create_old_pair, reload_with_people

LINE = 'Ask "why" <first> & listen: that\'s it'
NOTHING = "Nothing so far. Whether and what somebody shares is up to them."


def create_ended(*, is_closing: bool = False) -> tuple[Participant, Participant, Pairing]:
    """Ada and Carl, who met twice and ended it well, or are about to."""
    ada, carl, pairing = create_old_pair()
    held(pairing, by=ada, starts_at=ago(days=40), minutes=60)
    held(pairing, by=carl, starts_at=ago(days=10), minutes=30)
    return ada, carl, wind_up(ada, carl, pairing, is_closing=is_closing)


def wind_up(
    ada: Participant, carl: Participant, pairing: Pairing, *, is_closing: bool = False
) -> Pairing:
    """Ada proposes to end it well; Carl says yes, or not yet."""
    why = Why(reason=None, tells_partner=False, tells_program=False)
    now = timezone.now()
    with inside(pairing.organization_id, member_id=ada.member_id):
        closings.begin(pairing=pairing, side=Side.MENTOR, why=why, now=now)
    if not is_closing:
        with inside(pairing.organization_id, member_id=carl.member_id):
            closings.complete(pairing=pairing, side=Side.MENTEE, now=now)
    return reload_with_people(pairing)


def rate_at_start(who: Participant, *scores: int) -> None:
    """What somebody said of themselves when they enrolled."""
    with inside(who.organization_id, member_id=who.member_id):
        for each, score in zip(statements_of(Side(who.side)), scores, strict=False):
            SelfRating.objects.create(
                participant=who, member_id=who.member_id, statement=each.key, score=score
            )


def scores_of(side: str, *scores: int) -> dict[str, int]:
    named = zip(statements_of(Side(side)), scores, strict=False)
    return {each.key: score for each, score in named}


def reflect(
    who: Participant,
    pairing: Pairing,
    *scores: int,
    line: str = "",
    shared: tuple[OwnPart, ...] = (),
    seen: int | None = None,
) -> None:
    """What somebody saves, without a browser; seen as it stands unless told otherwise."""
    said = Said(scores=scores_of(who.side, *scores), line=line, shared=frozenset(shared))
    with inside(pairing.organization_id, member_id=who.member_id):
        card = card_of(reload_with_people(pairing), who.member, now=timezone.now())
        if seen is None:
            rows = Reflection.objects.filter(pairing=pairing, writer=who.member_id)
            seen = max((each.version for each in rows), default=0)
        reflecting.reflect(card=card, said=said, seen=seen, now=timezone.now())


def choose(who: Participant, pairing: Pairing, part: CommonPart, *, keeps: bool = True) -> None:
    with inside(pairing.organization_id, member_id=who.member_id):
        card = card_of(reload_with_people(pairing), who.member, now=timezone.now())
        reflecting.choose(card=card, part=part, keeps=keeps, now=timezone.now())


def save(client: Any, who: Participant, pairing: Pairing, *scores: int, **data: Any) -> Any:
    """Fill in the form and press Save."""
    named = {f"rate_{key}": score for key, score in scores_of(who.side, *scores).items()}
    sent = {"seen": 0, **named, **data}
    address = url(who.member, "pair_reflection", pairing.pk)
    return login(client, who.member).post(address, sent, follow=True)


def look(client: Any, who: Participant, pairing: Pairing) -> Any:
    return login(client, who.member).get(url(who.member, "pair_reflection", pairing.pk))


def press(client: Any, who: Participant, pairing: Pairing, part: str, keeps: str) -> Any:
    address = url(who.member, "pair_keepsake_choose", pairing.pk)
    return login(client, who.member).post(address, {"part": part, "keeps": keeps}, follow=True)


def part_of(response: Any, key: str) -> str:
    """One card of the page: own, theirs or keepsake."""
    text: str = response.text.split(f'id="{key}"')[1].split("</section>")[0]
    return text


def words_of(html: str) -> str:
    """The text without markup, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def keepsake(client: Any, who: Participant, pairing: Pairing) -> Any:
    return login(client, who.member).get(url(who.member, "pair_keepsake", pairing.pk))


def text_in(pdf: bytes) -> str:
    """The text of a PDF in one line."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def rows_of(who: Participant, pairing: Pairing) -> Mapping[str, Reflection]:
    """What the person has written, by its parts, as that person reads it."""
    with inside(pairing.organization_id, member_id=who.member_id):
        rows = Reflection.objects.filter(pairing=pairing, writer=who.member_id)
        return {each.part: each for each in rows}


def consents_of(who: Participant, pairing: Pairing) -> set[tuple[str, str]]:
    with inside(pairing.organization_id, member_id=who.member_id):
        rows = KeepsakeConsent.objects.filter(pairing=pairing)
        return set(rows.values_list("part", "side"))
