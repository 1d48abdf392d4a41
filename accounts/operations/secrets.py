"""Keeping what is encrypted readable when SECRET_KEY changes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from accounts.queries.operators import every_organization
from accounts.sealed import SealedTexts, sealed_texts
from mentoring.lib.encryption import Unreadable, encrypt_again
from mentoring.tenancy.scope import within

SECOND_FACTORS = "accounts.second_factors"
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@dataclass(slots=True)
class Renewed:
    """How many texts have today's key, and how many have one that nobody knows any more."""

    renewed: int = 0
    unreadable: int = 0


@transaction.atomic
def renew_secrets() -> int:
    """Encrypt all second factors with today's SECRET_KEY; return how many.

    Afterwards SECRET_KEY_FALLBACKS is not needed for them. Raises Unreadable, and changes
    nothing, when one was encrypted with a key that is in neither setting.
    """
    factors = Authenticator.objects.select_for_update().filter(type__in=SECRETS)
    for factor in factors:
        name = SECRETS[Authenticator.Type(factor.type)]
        factor.data[name] = encrypt_again(factor.data[name], purpose=SECOND_FACTORS)
    return int(Authenticator.objects.bulk_update(factors, ["data"], batch_size=500))


def renew_private_texts() -> Renewed:
    """Encrypt with today's SECRET_KEY what people wrote for themselves, in all organizations.

    Done as each writer in turn, since the database shows the rows to nobody else, and in a
    transaction for each: nobody waits long, and cut short it may be run again.
    """
    total = Renewed()
    for organization_id in every_organization():
        with within(organization_id), transaction.atomic():
            for texts in sealed_texts():
                if not texts.writer:
                    _renew(texts, texts.model.objects.all(), total)
        for member_id in _writers(organization_id):
            with within(organization_id, member_id=member_id), transaction.atomic():
                for texts in sealed_texts():
                    if texts.writer:
                        own = texts.model.objects.filter(**{texts.writer: member_id})
                        _renew(texts, own, total)
    return total


def _writers(organization_id: UUID) -> list[UUID]:
    with within(organization_id), transaction.atomic():
        return sorted({each for texts in sealed_texts() for each in texts.writers()})


def _renew(texts: SealedTexts, own: QuerySet[Any], total: Renewed) -> None:
    rows = list(own.select_for_update().order_by("pk"))
    for row in rows:
        for field, purpose in texts.purposes.items():
            if not (stored := getattr(row, field)):
                continue
            try:
                setattr(row, field, encrypt_again(stored, purpose=purpose))
                total.renewed += 1
            except Unreadable:
                total.unreadable += 1
    texts.model.objects.bulk_update(rows, list(texts.purposes))
