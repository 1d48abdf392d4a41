"""The links of a check-in's mail: each is one answer, and needs no signing in.

They are signatures that need SECRET_KEY, so the database alone opens no door.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.urls import reverse

from mentoring.checkins.enums import Said
from mentoring.checkins.models import CheckIn
from programs.post import absolute

SALT = "mentoring.checkins.answer"
LASTS = timedelta(days=60)


class BadLink(Exception):
    """The link was not made here, is for another organization, or has grown too old."""


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """What the link lets its holder do: answer this check-in as this member."""

    check_in_id: UUID
    member_id: UUID


def answer_urls(check_in: CheckIn) -> Mapping[str, str]:
    """The absolute address of each answer."""
    words = [str(check_in.organization_id), str(check_in.pk), str(check_in.member_id)]
    token = signing.dumps(words, salt=SALT, compress=False)
    return {
        said.value: absolute(
            reverse("check_in_link", args=[check_in.organization_id, token, said.value])
        )
        for said in Said
    }


def read_link(organization_id: UUID, token: str) -> AnswerLink:
    """What the link allows. Raises BadLink."""
    try:
        organization, check_in, member = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadLink from error
    if organization != str(organization_id):
        raise BadLink
    return AnswerLink(UUID(check_in), UUID(member))
