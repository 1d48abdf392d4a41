"""Pairs that agree, for tests of agreements."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from mentoring.pairings.models import Agreement, Pairing
from mentoring.pairings.operations import agreements
from mentoring.pairings.operations.answers import accept
from mentoring.pairings.queries.agreements import Terms
from programs.enums import Cadence, Side
from programs.models import Participant
from tests.factories import inside, login, url
from tests.pairings.people import ask, create_two, today

OFFERS = 'How my team\'s tools <really> "talk" to each other'
SEEKS = "What juniors don’t tell me & why"
TICKS = {"understood": "on", "read": "on"}


def create_pair(
    ada: Participant | None = None,
    carl: Participant | None = None,
    *,
    now: datetime | None = None,
    **fields: Any,
) -> Pairing:
    """Ada, the mentor, and Carl, the mentee, who have both said yes."""
    if not ada or not carl:
        ada, carl = create_two(**fields)
    now = now or timezone.now()
    pairing = ask(ada, carl, now=now)
    with inside(ada.organization_id):
        pairing = accept(pairing=pairing, side=Side.MENTEE, now=now)
    # As they were made: with user and organization, which pages need outside of the scope.
    pairing.mentor, pairing.mentee = ada, carl
    return pairing


def in_days(number: int) -> date:
    return today() + timedelta(days=number)


def terms_of(**changed: Any) -> Terms:
    return Terms(
        **{
            "cadence": Cadence.MONTHLY,
            "minutes": 45,
            "ends_on": in_days(180),
            "offers": OFFERS,
            "seeks": SEEKS,
            **changed,
        }
    )


def sent_by_form(**changed: Any) -> dict[str, Any]:
    """What the browser sends of the form, ticks included; None leaves a field out."""
    terms = terms_of()
    fields = {
        "cadence": terms.cadence.value,
        "minutes": terms.minutes,
        "ends_on": terms.ends_on.isoformat(),
        "offers": OFFERS,
        "seeks": SEEKS,
        "seen": 0,
        **TICKS,
        **changed,
    }
    return {name: value for name, value in fields.items() if value is not None}


def propose(
    pairing: Pairing, side: Side, *, seen: int = 0, now: datetime | None = None, **changed: Any
) -> Agreement:
    """A proposal by the operation, as that member."""
    with inside(pairing.organization_id, member_id=pairing.person(side).member_id):
        return agreements.propose(
            pairing=pairing,
            side=side,
            terms=terms_of(**changed),
            understood=True,
            read=True,
            seen=seen,
            now=now or timezone.now(),
        )


def confirm(
    pairing: Pairing, side: Side, version: int, *, now: datetime | None = None
) -> Agreement:
    with inside(pairing.organization_id, member_id=pairing.person(side).member_id):
        return agreements.confirm(
            pairing=pairing,
            side=side,
            version=version,
            understood=True,
            read=True,
            now=now or timezone.now(),
        )


def agree(pairing: Pairing, **changed: Any) -> Agreement:
    """A version that both have confirmed; the mentor proposed it."""
    made = propose(pairing, Side.MENTOR, **changed)
    return confirm(pairing, Side.MENTEE, made.version)


def get(client: Any, participant: Participant, pairing: Pairing, view: str = "") -> Any:
    """A page of the agreement: the agreement itself, or the form that proposes."""
    name = f"pair_agreement_{view}" if view else "pair_agreement"
    return login(client, participant.member).get(url(participant.member, name, pairing.pk))


def post(
    client: Any, participant: Participant, pairing: Pairing, view: str, data: Any, **more: Any
) -> Any:
    address = url(participant.member, f"pair_agreement_{view}", pairing.pk)
    options = {"follow": True, **more}
    return login(client, participant.member).post(address, data, **options)


def versions_of(pairing: Pairing) -> list[tuple[int, str, str]]:
    """Number, proposer and state of each version."""
    with inside(pairing.organization_id):
        rows = list(Agreement.objects.filter(pairing=pairing).order_by("version"))
    return [(each.version, each.proposed_by, _state(each)) for each in rows]


def _state(agreement: Agreement) -> str:
    if agreement.in_force_at:
        return "was in force" if agreement.replaced_at else "in force"
    if agreement.withdrawn_at:
        return "withdrawn"
    return "replaced" if agreement.replaced_at else "open"
