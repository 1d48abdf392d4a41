"""What to do next in a new organization. Higher floors add their steps when ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Organization
from accounts.permissions import Permission
from accounts.queries import Headcount

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Facts:
    """What the steps are judged by, counted once for all of them."""

    organization: Organization
    people: Headcount


@dataclass(frozen=True, slots=True)
class Step:
    """Something worth doing, for members who hold the permission."""

    title: "Text"
    text: "Text"
    action: "Text"
    view: str
    permission: Permission
    is_done: Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as a page shows it; ``state`` is done, current (the next one) or todo."""

    title: "Text"
    text: "Text"
    action: "Text"
    url: str
    state: str


_steps: list[Step] = []


def register(*steps: Step) -> None:
    """Add steps behind those that are there."""
    _steps.extend(step for step in steps if step not in _steps)


def checklist_of(member: Member, facts: Facts) -> list[StepView]:
    """The steps that the member may take, in order; the first open one is the current one."""
    shown: list[StepView] = []
    for step in _steps:
        if not member.may(step.permission):
            continue
        is_first_open = all(each.state == "done" for each in shown)
        state = "done" if step.is_done(facts) else "current" if is_first_open else "todo"
        url = reverse(step.view, args=[facts.organization.slug])
        shown.append(StepView(step.title, step.text, step.action, url, state))
    return shown


register(
    Step(
        title=_("Make it look like you"),
        text=_("Your logo and your color are on every page and in every mail."),
        action=_("Choose logo and color"),
        view="organization_appearance",
        permission=Permission.ORGANIZATION_EDIT,
        is_done=lambda facts: bool(facts.organization.accent or facts.organization.logo_digest),
    ),
    Step(
        title=_("Bring your people"),
        text=_("Hand in a spreadsheet. You see what would change, and nobody gets a mail yet."),
        action=_("Import people"),
        view="people_import_new",
        permission=Permission.PEOPLE_IMPORT,
        is_done=lambda facts: facts.people.imported > 0 or facts.people.active > 1,
    ),
    Step(
        title=_("Invite the people you work with"),
        text=_("Paste addresses from a mail or a spreadsheet. Each person gets an own link."),
        action=_("Invite people"),
        view="invitation_new",
        permission=Permission.PEOPLE_INVITE,
        is_done=lambda facts: facts.people.invited > 0 or facts.people.active > 1,
    ),
    Step(
        title=_("Somebody has joined"),
        text=_("Links are valid for seven days. You can send one again at any time."),
        action=_("See who has answered"),
        view="invitations",
        permission=Permission.PEOPLE_INVITE,
        is_done=lambda facts: facts.people.active > 1,
    ),
    Step(
        title=_("Name a second owner"),
        text=_("So that the organization can be run when you are away."),
        action=_("Choose among your people"),
        view="people",
        permission=Permission.ROLES_EDIT,
        is_done=lambda facts: facts.people.owners > 1,
    ),
)
