"""The pages of an organization, as the menu shows them to each role."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Organization
from accounts.permissions import Permission

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

MANAGE = _("Manage")


class Item(TypedDict):
    """One line of the menu, ready to show."""

    label: str
    url: str
    icon: str
    current: bool
    group: str


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the menu, for members who hold the permission.

    A label that organizations may rename is a function of the organization.
    """

    label: "Text | Callable[[Organization], str]"
    view: str
    icon: str
    permission: Permission
    group: "Text" = ""
    position: float = 50


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A page about oneself in one organization, in the menu of the account."""

    label: "Text"
    view: str
    icon: str


_places: list[Place] = []
_own_places: list[OwnPlace] = []


def register(*places: Place) -> None:
    """Add pages to the menu. Higher floors call this when their app is ready."""
    _places.extend(place for place in places if place not in _places)
    _places.sort(key=lambda place: place.position)


def register_own(place: OwnPlace) -> None:
    """Add a page to the menu of the account."""
    if place not in _own_places:
        _own_places.append(place)


def own_pages_of(member: Member) -> list[tuple[str, str, str]]:
    """Label, address and icon of each page about oneself in the member's organization."""
    slug = member.organization.slug
    return [(str(each.label), reverse(each.view, args=[slug]), each.icon) for each in _own_places]


def navigation_of(member: Member, *, path: str) -> list[Item]:
    """The menu for a member; the page with the longest matching address is the current one.

    Every address begins like that of the home, which is current only when it is shown itself.
    """
    slug = member.organization.slug
    home = reverse("organization", args=[slug])
    items = [
        Item(
            label=str(place.label(member.organization) if callable(place.label) else place.label),
            url=reverse(place.view, args=[slug]),
            icon=place.icon,
            current=False,
            group=str(place.group),
        )
        for place in _places
        if member.may(place.permission)
    ]
    above = (item for item in items if path.startswith(item["url"]))
    matching = [item for item in above if item["url"] != home or path == home]
    if matching:
        max(matching, key=lambda item: len(item["url"]))["current"] = True
    return items


register(
    Place(_("Home"), "organization", "house", Permission.ORGANIZATION_VIEW, position=0),
    Place(_("People"), "people", "users", Permission.PEOPLE_VIEW, MANAGE, 20),
    Place(_("Org chart"), "chart", "building-2", Permission.PEOPLE_VIEW, MANAGE, 25),
    Place(_("Invitations"), "invitations", "user-plus", Permission.PEOPLE_INVITE, MANAGE, 30),
    Place(
        _("Settings"), "organization_settings", "settings", Permission.ORGANIZATION_EDIT, MANAGE, 60
    ),
    Place(_("Messages"), "message_log", "send", Permission.MESSAGES_VIEW, MANAGE, 70),
    Place(_("Audit log"), "audit_log", "history", Permission.AUDIT_VIEW, MANAGE, 80),
)
