"""The links of a check-in's mail: each is one answer, and needs no signing in."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from mentoring.checkins.enums import Said
from mentoring.checkins.models import CheckIn
from mentoring.lib.signed_links import sign, signed_words
from programs.post import absolute

SALT = "mentoring.checkins.answer"


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """What the link lets its holder do: answer this check-in as this member."""

    check_in_id: UUID
    member_id: UUID


def answer_urls(check_in: CheckIn) -> Mapping[str, str]:
    """The absolute address of each answer."""
    token = sign(check_in.organization_id, check_in.pk, check_in.member_id, salt=SALT)
    return {
        said.value: absolute(
            reverse("check_in_link", args=[check_in.organization_id, token, said.value])
        )
        for said in Said
    }


def read_link(organization_id: UUID, token: str) -> AnswerLink:
    """What the link allows. Raises BadLink."""
    check_in, member = signed_words(organization_id, token, salt=SALT)
    return AnswerLink(UUID(check_in), UUID(member))
