"""Who is who in the ledger: places in a row, found again by a keyed hash and never by a name."""

import hmac
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from secrets import token_hex
from uuid import UUID

from mentoring.lib.encryption import decrypt, encrypt
from mentoring.reports.models import LedgerKey, LedgerPerson
from mentoring.tenancy.scope import organization_in_scope

PURPOSE = "reports.ledger.key"
KEY_BYTES = 32


def held_key() -> bytes:
    """The organization's key, drawn when it is first asked for.

    Its row is held until the end of the transaction: in an organization one worker decides at a
    time. Raises Unreadable when it was encrypted with a SECRET_KEY that is known no more, so that
    nobody is taken for somebody new.
    """
    LedgerKey.objects.get_or_create(
        organization_id=organization_in_scope(),
        defaults={"token": encrypt(token_hex(KEY_BYTES), purpose=PURPOSE)},
    )
    row = LedgerKey.objects.select_for_update().get()
    return bytes.fromhex(decrypt(row.token, purpose=PURPOSE))


def places_of(members: Iterable[UUID], *, key: bytes) -> Mapping[UUID, int]:
    """Where these people are in the row; who is not there yet comes at its end.

    Call it while the key is held. New ones come in the order of their marks, which says nothing.
    """
    marks = {mark_of(each, key=key): each for each in members}
    known = dict(LedgerPerson.objects.values_list("mark", "place"))
    missing = sorted(marks.keys() - known.keys())
    places = dict(zip(missing, range(len(known), len(known) + len(missing)), strict=True))
    _write(places)
    known |= places
    return {member: known[mark] for mark, member in marks.items()}


def mark_of(member_id: UUID, *, key: bytes) -> str:
    return hmac.new(key, member_id.bytes, sha256).hexdigest()


def _write(places: Mapping[str, int]) -> None:
    rows: Collection[LedgerPerson] = [
        LedgerPerson(mark=mark, place=place) for mark, place in places.items()
    ]
    LedgerPerson.objects.bulk_create(rows, batch_size=5_000)
