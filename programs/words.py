"""What a program's rules and days mean, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.terms import Form, Term, Terms, word_for
from programs.enums import Audience, Kind, Side

SENIOR = {Kind.REVERSE: Side.MENTEE, Kind.TRADITIONAL: Side.MENTOR}


@dataclass(frozen=True, slots=True)
class Level:
    """A grade by name and rank."""

    name: str
    rank: int


@dataclass(frozen=True, slots=True)
class Seniority:
    """The seniority rule of a program: the rule, an example, and what is wrong with it."""

    rule: str
    example: str = ""
    trouble: str = ""


def seniority_of(kind: Kind, gap: int, levels: Sequence[Level], terms: Terms) -> Seniority:
    """Who has to stand how far above whom. ``levels`` go from junior to senior."""
    senior = SENIOR.get(kind)
    if senior is None:
        return Seniority(
            _("Both learn from each other, so nobody has to be more senior than the other.")
        )
    junior = Side.MENTOR if senior == Side.MENTEE else Side.MENTEE
    words = {
        "senior": word_for(terms, Term(senior.value)),
        "junior": word_for(terms, Term(junior.value)),
        "gap": gap,
    }
    rule = ngettext(
        "Who takes part as %(senior)s stands at least one grade above the %(junior)s.",
        "Who takes part as %(senior)s stands at least %(gap)d grades above the %(junior)s.",
        gap,
    )
    return Seniority(rule % words, *_example(gap, levels))


def _example(gap: int, levels: Sequence[Level]) -> tuple[str, str]:
    if not levels:
        return "", _("There are no grades yet. Without them nobody can be put together.")
    low = levels[0]
    high = next((level for level in levels if level.rank - low.rank >= gap), None)
    if high is None:
        return "", _("The grades do not reach that far: with this gap nobody fits anybody.")
    example = _("For example “%(low)s” with “%(high)s” or above.")
    return example % {"low": low.name, "high": high.name}, ""


def side_choices(kind: Kind, terms: Terms) -> list[tuple[str, str]]:
    """Both sides in the organization's words; the kind adds who is the senior one."""
    senior = SENIOR.get(kind)
    hints = {True: _("%(word)s, the senior one"), False: _("%(word)s, the junior one")}
    choices = []
    for side in Side:
        word = capfirst(word_for(terms, Term(side.value)))
        label = hints[side == senior] % {"word": word} if senior else word
        choices.append((side.value, label))
    return choices


def audience_choices(terms: Terms) -> list[tuple[str, str]]:
    """Whom something is for, in the organization's words."""
    return [(each.value, audience_in_words(each, terms)) for each in Audience]


def audience_in_words(audience: Audience, terms: Terms) -> str:
    if audience == Audience.BOTH:
        return str(audience.label)
    return capfirst(word_for(terms, Term(audience.value), Form.MANY))


def invitations_wait(count: int, day: date) -> str:
    """That invitations do not leave at once."""
    text = ngettext(
        "%(count)d invitation leaves on the morning of %(day)s, once enrollment is open.",
        "%(count)d invitations leave on the morning of %(day)s, once enrollment is open.",
        count,
    )
    return text % {"count": count, "day": date_format(day)}
