"""Questions of the library that fit a pair, other ones each week."""

from datetime import datetime
from urllib.parse import urlencode

from mentoring.lib.contributions import Section
from mentoring.pairings.enums import PairingState, Phase
from mentoring.pairings.queries.pairs import Card
from programs.enums import Side, Stage
from programs.queries.enrollment import today_of
from programs.queries.library import fitting_questions

POSITION = 50
TEMPLATE = "pairings/_questions.html"
# An ordinary meeting looks back, goes deeper, and agrees on what comes next.
STAGES = {
    PairingState.INTRODUCTORY: (Stage.FIRST, Stage.FIRST, Stage.AGREEING),
    PairingState.ACTIVE: (Stage.OPENING, Stage.DEEPER, Stage.NEXT),
    PairingState.PAUSED: (Stage.OPENING, Stage.DEEPER, Stage.NEXT),
    PairingState.CLOSING: (Stage.ENDING, Stage.ENDING, Stage.ENDING),
}


def compose_questions(card: Card, now: datetime) -> Section | None:
    """Three questions for the one who asks, a link for the other; one query at most."""
    if card.phase != Phase.PAIR:
        return None
    if card.side != Side.MENTOR:
        return Section(TEMPLATE, POSITION)
    stages = STAGES[PairingState(card.pairing.state)]
    families = {topic.family_id: topic.family.origin for topic in card.topics}
    week = (today_of(card.me.member, now).toordinal() - 1) // 7
    questions = fitting_questions(
        stages=stages, families=families, deck=str(card.pairing.pk), turn=week
    )
    query: dict[str, str] = {"stage": stages[0]} if len(set(stages)) < len(stages) else {}
    if families:
        query["topic"] = str(next(iter(families)))
    return Section(TEMPLATE, POSITION, {"questions": questions, "query": urlencode(query)})
