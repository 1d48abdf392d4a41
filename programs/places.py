"""Where programs appear in pages of lower floors: menu, checklist, audit log."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from accounts import actions, checklist, navigation
from accounts.models import Organization
from accounts.permissions import Permission
from accounts.terms import Form, Term, word_for
from programs.enums import Action, Kind
from programs.queries import has_any


def _programs(organization: Organization) -> str:
    word = word_for(organization.terms, Term.PROGRAM, Form.MANY)
    return word[:1].upper() + word[1:]


navigation.register(
    navigation.Place(_programs, "programs", "sprout", Permission.PROGRAM_VIEW, position=10)
)
checklist.register(
    checklist.Step(
        title=_("Set up your first program"),
        text=_("Give it a name and a purpose. Enrollment opens when you say so."),
        action=_("Create a program"),
        view="program_new",
        permission=Permission.PROGRAM_CREATE,
        is_done=lambda _facts: has_any(),
    )
)
actions.register(
    Action,
    {"kind": _("Kind"), "purpose": _("Purpose"), "programs": _("Programs")},
    {"kind": partial(actions.label_in, Kind)},
)
