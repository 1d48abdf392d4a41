"""What the audit log's events and facts are called. Higher floors add theirs when ready."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Action, ChartAction, ChartPart, Reach, Role
from accounts.languages import language_names
from accounts.terms import Term
from accounts.weekdays import weekday_names
from accounts.zones import language_choices

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

type InWords = Callable[[Any], str]

_actions: dict[str, "Text"] = {}
_facts: dict[str, "Text"] = {}
_words: dict[str, InWords] = {}


def register(
    actions: type[TextChoices],
    facts: Mapping[str, "Text"],
    words: Mapping[str, InWords] | None = None,
) -> None:
    """Name more events and the facts in their details; ``words`` puts facts' values into words."""
    _actions.update(actions.choices)
    _facts.update(facts)
    _words.update(words or {})


def action_choices() -> list[tuple[str, "Text"]]:
    """Every known event with its name."""
    return list(_actions.items())


def name_of_action(action: str) -> "Text":
    return _actions.get(action, action)


def name_of_fact(fact: str) -> "Text":
    return _facts.get(fact, fact)


def value_in_words(fact: str, value: Any) -> str:
    return _words.get(fact, str)(value)


def label_in(words: type[TextChoices], value: str) -> str:
    """What a stored word is called now; one that is no longer in use stays as it is."""
    return str(dict(words.choices).get(value, value))


def _terms(terms: Mapping[str, Mapping[str, str]]) -> str:
    pairs = {term: " / ".join(words.values()) for term, words in terms.items()}
    return ", ".join(f"{label_in(Term, term)}: {pair}" for term, pair in pairs.items())


def _language(code: str) -> str:
    return dict(language_choices()).get(code, code)


def _yes_or_no(is_so: Any) -> str:
    return gettext("yes") if is_so else gettext("no")


register(
    Action,
    {
        "name": _("Name"),
        "messages": _("Messages"),
        "slug": _("Address"),
        "language": _("Language"),
        "time_zone": _("Time zone"),
        "accent": _("Accent color"),
        "logo_digest": _("Logo"),
        "terms": _("Words"),
        "roles": _("Roles"),
        "reach": _("Reach"),
        "email": _("E-mail address"),
        "expires_at": _("Valid until"),
        "people_new": _("New"),
        "people_changed": _("Changed"),
        "people_back": _("Back again"),
        "people_gone": _("Deactivated"),
        "reminder_hour": _("Hour of reminders"),
        "working_days": _("Working days"),
        "sends_on_free_days": _("Reminders on free days, too"),
        "holidays": _("Holidays"),
    },
    {
        "working_days": weekday_names,
        "sends_on_free_days": _yes_or_no,
        "roles": lambda roles: ", ".join(label_in(Role, role) for role in roles),
        "reach": partial(label_in, Reach),
        "language": _language,
        "logo_digest": lambda _digest: gettext("a picture"),
        "terms": _terms,
    },
)
register(
    ChartAction,
    {
        "part": _("Kind"),
        "into": _("Into"),
        "people": _("People"),
        "grades": _("Order of grades"),
        "job_title": _("Job title"),
        "department": _("Department"),
        "location": _("Location"),
        "grade": _("Grade"),
        "manager": _("Manager"),
        "languages": _("Languages"),
        "employee_number": _("Employee number"),
        "on_leave": _("On leave"),
    },
    {
        "part": partial(label_in, ChartPart),
        "languages": lambda codes: language_names(codes.split(", ")),
        "on_leave": _yes_or_no,
    },
)
