"""The mails that an organization can write in its own words, and those that stay ours."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from mentoring.outbox.enums import Group
from mentoring.outbox.registry import MailKind, is_known, label_of, mail_kind, mail_kinds
from mentoring.outbox.texts import Place
from mentoring.outbox.wording import Case, Known, OwnText, Wording, is_usable

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that exists in this release: the kind, what may be said, and in which case."""

    kind: MailKind
    wording: Wording
    case: Case

    @property
    def label(self) -> "Text":
        return self.wording.label or self.kind.label

    @property
    def known(self) -> Known:
        return self.wording.known_in(self.case)

    def place(self, language: str) -> Place:
        return Place(self.kind.name, self.case.name, language)

    def takes(self, own: OwnText) -> bool:
        """Whether these words can still be sent."""
        return is_usable(self.known, own)


def languages() -> list[str]:
    """Those in which the product writes."""
    return [code for code, _name in settings.LANGUAGES]


def spots() -> list[tuple[Group, list[Spot]]]:
    """What an organization can write itself, by group, in the order of the groups."""
    found = [
        (group, [spot for kind in mail_kinds() if kind.group == group for spot in spots_of(kind)])
        for group in Group
    ]
    return [(group, each) for group, each in found if each]


def spots_of(kind: MailKind) -> list[Spot]:
    """The kind in each of its cases; nothing when its words are ours alone."""
    wording = kind.wording
    return [Spot(kind, wording, case) for case in wording.cases] if wording else []


def spot_at(place: Place) -> Spot | None:
    """None when this release has no such mail, case or language to write for."""
    if place.language not in languages():
        return None
    named = (spot for kind in mail_kinds() if kind.name == place.kind for spot in spots_of(kind))
    return next((spot for spot in named if spot.case.name == place.case), None)


def ours_alone() -> list["Text"]:
    """What the kinds are called whose words are always ours."""
    return list(dict.fromkeys(each.label for each in mail_kinds() if each.wording is None))


def name_of(kind: str) -> "Text":
    """What a kind is called where its own words are concerned."""
    wording = mail_kind(kind).wording if is_known(kind) else None
    return (wording and wording.label) or label_of(kind)
