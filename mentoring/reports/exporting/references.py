"""What pairs and people are called in files without their names.

A reference is the same in every file of an organization, another one in each organization, and
tells nothing to whoever has no key of the installation.
"""

from base64 import b32encode
from uuid import UUID

from django.utils.crypto import salted_hmac

SALT = "mentoring.reports.reference"
# 60 bits: no two of a million pairs are called alike by any chance worth a thought.
LENGTH = 12


def pair_reference(organization_id: UUID, pairing_id: UUID) -> str:
    return _reference("P", organization_id, pairing_id)


def person_reference(organization_id: UUID, member_id: UUID) -> str:
    return _reference("M", organization_id, member_id)


def _reference(kind: str, organization_id: UUID, key: UUID) -> str:
    words = f"{kind}:{organization_id}:{key}"
    told = salted_hmac(SALT, words, algorithm="sha256").digest()
    return f"{kind}-{b32encode(told).decode()[:LENGTH]}"
