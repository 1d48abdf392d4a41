"""Where programs appear in pages of lower floors: menu, checklist, audit log."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import actions, checklist, navigation
from accounts.models import Organization
from accounts.navigation import MANAGE
from accounts.permissions import Permission
from accounts.terms import Form, Term, word_for
from programs.enums import (
    Action,
    CohortState,
    Kind,
    LibraryAction,
    ParticipantState,
    Side,
    Stage,
    TopicAction,
)
from programs.facts import FACTS, WORDS
from programs.foretold import Foretold, register_foretold
from programs.models import Cohort, CohortInvitation, Participant
from programs.operations import (
    announcements,
    circles,
    closing,
    cohort_invitations,
    decisions,
    reminders,
)
from programs.queries.cohorts import has_opened_any
from programs.queries.programs import has_any


def _programs(organization: Organization) -> str:
    word = word_for(organization.terms, Term.PROGRAM, Form.MANY)
    return word[:1].upper() + word[1:]


def _translations(translations: Mapping[str, Mapping[str, str]]) -> str:
    return ", ".join(
        f"{code}: {' / '.join(words.values())}" for code, words in translations.items()
    )


def _participants(cohort_id: UUID) -> QuerySet[Participant, UUID]:
    return Participant.objects.filter(cohort=cohort_id).order_by().values_list("pk", flat=True)


def _invitations(cohort_id: UUID) -> QuerySet[CohortInvitation, UUID]:
    invitations = CohortInvitation.objects.filter(cohort=cohort_id)
    return invitations.order_by().values_list("pk", flat=True)


def _itself(cohort_id: UUID) -> QuerySet[Cohort, UUID]:
    return Cohort.objects.filter(pk=cohort_id).order_by().values_list("pk", flat=True)


register_foretold(
    Foretold(kinds=(closing.KIND,), subjects=_itself, planned=closing.foretell),
    Foretold(
        kinds=(cohort_invitations.KIND, reminders.INVITED),
        subjects=_invitations,
        planned=reminders.foretell,
    ),
    Foretold(
        kinds=(reminders.DRAFT, decisions.KIND, announcements.KIND, circles.KIND),
        subjects=_participants,
    ),
)
navigation.register(
    navigation.Place(_programs, "programs", "sprout", Permission.PROGRAM_VIEW, MANAGE, 10),
    navigation.Place(_("Cohorts"), "cohorts", "calendar", Permission.PROGRAM_VIEW, MANAGE, 12),
    navigation.Place(_("Topics"), "topics", "target", Permission.TOPICS_EDIT, MANAGE, 15),
)
checklist.register(
    checklist.Step(
        title=_("Set up your first program"),
        text=_("Give it a name and a purpose. Enrollment opens when you say so."),
        action=_("Create a program"),
        view="program_new",
        permission=Permission.PROGRAM_CREATE,
        is_done=lambda _facts: has_any(),
    ),
    checklist.Step(
        title=_("Open enrollment of your first cohort"),
        text=_("A check before the start lists what is missing, with a link to each."),
        action=_("See the cohorts"),
        view="cohorts",
        permission=Permission.COHORT_MANAGE,
        is_done=lambda _facts: has_opened_any(),
    ),
)
actions.register(Action, FACTS, WORDS)
actions.register(
    Action,
    {
        "kind": _("Kind"),
        "purpose": _("Purpose"),
        "programs": _("Programs"),
        "cohort_state": _("State"),
        "eligibility_lines": _("Lines of eligibility"),
        "is_pilot": _("Pilot"),
        "needs_approval": _("Approve each person"),
        "places": _("Places on each side"),
        "enrollment_opens_on": _("Enrollment opens"),
        "enrollment_closes_on": _("Enrollment closes"),
        "starts_on": _("Pairs start"),
        "ends_on": _("Pairs end"),
    },
    {
        "kind": partial(actions.label_in, Kind),
        "cohort_state": partial(actions.label_in, CohortState),
    },
)
actions.register(
    TopicAction,
    {
        "topics": _("Topics"),
        "family": _("Family"),
        "description": _("Description"),
        "translations": _("Translations"),
    },
    {"translations": _translations},
)
actions.register(
    Action,
    {
        "participation": _("State"),
        "until": _("Paused until"),
        "cohort": _("Cohort"),
        "side": _("Side"),
        "item": _("Preparation"),
        "people": _("People"),
        "personally": _("Personally"),
        "title": _("Title"),
        "starts_at": _("Starts"),
        "minutes": _("Length in minutes"),
        "place": _("Place or link"),
    },
    {
        "participation": partial(actions.label_in, ParticipantState),
        "side": partial(actions.label_in, Side),
        "personally": lambda is_so: str(_("yes") if is_so else _("no")),
    },
)
actions.register(
    LibraryAction,
    {"stage": _("Stage"), "text": _("Question"), "library_questions": _("Questions")},
    {"stage": partial(actions.label_in, Stage)},
)
