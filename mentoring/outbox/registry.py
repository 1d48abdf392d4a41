"""The kinds of messages. Each app registers its own; the outbox knows no app.

An app with messages has a module ``kinds``, which is imported when Django is ready.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from mentoring.outbox.enums import Channel, Group, Reason
from mentoring.outbox.wording import Filled, Wording

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

    from mentoring.outbox.models import Message


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """What calendars read of a mail (RFC 6047): the method, and the whole text."""

    method: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a template needs for one recipient.

    ``to`` is a name, which may be empty, and an address. Times are shown in ``time_zone``.
    ``template`` and ``own`` replace the kind's template and the organization's own words.
    """

    to: tuple[str, str]
    language: str
    time_zone: str
    context: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    calendar: CalendarPart | None = None
    template: str = ""
    own: Filled | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What the bell says of a message: one line, and the address of the page it leads to."""

    text: str
    url: str


type Unwanted = Callable[[Sequence["Message"], datetime], Mapping[UUID, Reason]]
type Write = Callable[["Message", datetime], Letter]
type Apply = Callable[[Sequence["Message"], datetime], None]
type Lines = Callable[[Sequence["Message"], datetime], Mapping[UUID, Line]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKind:
    """Messages that are mails, made of a template and of what ``write`` says for each.

    ``unwanted`` names those of some messages that nobody wants any more, each with its
    reason. It is asked right before sending, while the messages are locked.

    Essential kinds, about an account or what somebody is waiting for, cannot be turned off.
    Urgent ones are neither collected nor held back. A kind with ``switch`` is turned on and
    off together with the kind of that name. All others also ring the bell, unless they say
    no; ``lines`` says what for many messages at once, by default each mail's subject.

    ``shows_text`` lets those who may read the log of messages see how such a mail looks. It is
    for what they know anyway: nothing that two people share, and nothing with a link that lets
    somebody in.

    ``is_repeatable`` lets them have such a mail sent once more. It is for kinds of which they may
    know whether one is still wanted: that tells neither who has answered nor anything private.

    ``comes_when_back`` lets one that was withdrawn while somebody was away be due once more, when
    the floor that knows of it says that people are back.

    ``wording`` is what an organization may say in its own words; without it all words are ours.
    """

    name: str
    label: "Text"
    unwanted: Unwanted
    template: str
    write: Write
    group: Group = Group.REMINDERS
    is_essential: bool = False
    is_urgent: bool = False
    switch: str = ""
    has_bell: bool = True
    lines: Lines | None = None
    shows_text: bool = False
    is_repeatable: bool = False
    comes_when_back: bool = False
    wording: Wording | None = None
    channel: ClassVar = Channel.MAIL

    @property
    def switch_name(self) -> str:
        """The kind by whose name people turn this one on and off."""
        return self.switch or self.name

    @property
    def rings(self) -> bool:
        """Whether the bell tells of it as well."""
        return self.has_bell and not self.is_essential


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectKind:
    """Messages that change something in the product.

    ``apply`` changes rows in the very transaction that marks its messages as done. When it
    raises, it is asked again for fewer messages, until the one at fault is alone. ``is_bell``
    marks those that stand beside a kind of mail.
    """

    name: str
    label: "Text"
    unwanted: Unwanted
    apply: Apply
    is_bell: bool = False
    channel: ClassVar = Channel.EFFECT


type Kind = MailKind | EffectKind


class UnknownKind(LookupError):
    """No app has registered this kind of message."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Raises ValueError when another kind has its name."""
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"There is already a kind of message named {kind.name}.")


def is_known(name: str) -> bool:
    """Whether there is a kind of that name, be it mail or effect."""
    return name in _kinds


def mail_kinds() -> list[MailKind]:
    """Every kind of mail, in the order in which the apps have registered them."""
    return [kind for kind in _kinds.values() if isinstance(kind, MailKind)]


def kind_named(name: str) -> Kind:
    """The kind of that name. Raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None


def mail_kind(name: str) -> MailKind:
    """The kind of that name. Raises UnknownKind, also when it is no mail."""
    kind = kind_named(name)
    if not isinstance(kind, MailKind):
        raise UnknownKind(name)
    return kind


def is_repeatable(name: str) -> bool:
    """Whether it is a kind of mail that may be sent once more; no unless the kind says so."""
    kind = _kinds.get(name)
    return isinstance(kind, MailKind) and kind.is_repeatable


def effect_kind(name: str) -> EffectKind:
    """The kind of that name. Raises UnknownKind, also when it is no effect."""
    kind = kind_named(name)
    if not isinstance(kind, EffectKind):
        raise UnknownKind(name)
    return kind


def label_of(name: str) -> "Text":
    """What people call the kind; its name when this release does not know it."""
    return _kinds[name].label if name in _kinds else name


def kind_choices() -> list[tuple[str, "Text"]]:
    """Every label, with the name of the first kind that has it.

    Kinds that are called alike are not to be told apart by anybody who reads the log.
    """
    named: dict[str, tuple[str, Text]] = {}
    for kind in _kinds.values():
        if isinstance(kind, MailKind) or not kind.is_bell:
            named.setdefault(str(kind.label), (kind.name, kind.label))
    return list(named.values())


def kinds_called_like(name: str) -> list[str]:
    """All kinds with the label of that one, and with them their bells."""
    label = str(label_of(name))
    return [each.name for each in _kinds.values() if str(each.label) == label]
