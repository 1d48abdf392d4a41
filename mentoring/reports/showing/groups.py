"""What was told of the group that a page asks about, and of its departments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from mentoring.lib.charts import HUNDREDTHS, BarRow, Bars, Withheld
from mentoring.lib.charts.figures import Figure as ChartFigure
from mentoring.reports.disclosure.careers import KEYS, comparisons_of
from mentoring.reports.disclosure.cells import Told
from mentoring.reports.disclosure.measures import MEASURES, Measure
from mentoring.reports.disclosure.scopes import Dimension, Reach, Scope
from mentoring.reports.quality import Quality, scores_of
from mentoring.reports.queries.asking import Asked
from mentoring.reports.queries.told import told_many
from mentoring.reports.showing.careers import Careers, careers_shown
from mentoring.reports.showing.told import in_words
from programs.queries.programs import sees_every_program

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

GROWTH = ("mentor_growth", "mentee_learning")
RELIABILITY = "leader_reliability"
# Which measure shows a part of its value as a bar.
BARS = {**dict.fromkeys(GROWTH, "mean"), RELIABILITY: "ratio"}
MOST_BARS = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of one group: a value with its n, or why there is none and what there was."""

    measure: Measure
    told: Told | None

    @property
    def text(self) -> str:
        if self.told is None:
            return _("Not told yet")
        if self.told.refusal:
            return str(self.told.refusal.label)
        return in_words(self.told.value or {})

    @property
    def is_told(self) -> bool:
        return self.told is not None and self.told.is_told

    @property
    def people(self) -> str:
        return _people(self.told.people) if self.told and self.told.is_told else ""

    @property
    def as_of(self) -> date | None:
        return self.told.as_of if self.told else None

    @property
    def earlier(self) -> str:
        """What was told of the group before."""
        before = self.told.earlier if self.told else None
        if before is None:
            return ""
        value = in_words(before.value)
        return f"{value}, {_people(before.people)}"


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """How one side sees the other, in whole batches of answers."""

    measure: Quality
    mean: float | None
    answers: int
    as_of: date
    earlier: str = ""

    @property
    def is_told(self) -> bool:
        return self.mean is not None

    @property
    def text(self) -> str:
        if self.mean is None:
            return _("Too few people have answered")
        return _("%(mean)s of 5") % {"mean": HUNDREDTHS.text(self.mean)}

    @property
    def people(self) -> str:
        told = ngettext("%(count)d score", "%(count)d scores", self.answers)
        return told % {"count": self.answers} if self.is_told else ""


@dataclass(frozen=True, slots=True)
class Groups:
    """All of it; without lines ``why`` says what has to be chosen first."""

    lines: Sequence[Line | ScoreLine] = ()
    pictures: Sequence[Bars] = ()
    careers: Careers | None = None
    why: "Text" = ""


def groups_of(asked: Asked, member: Member) -> Groups:
    """What was told of the group that is asked about, and of its departments; two queries."""
    scope = _scope_of(asked, member)
    if isinstance(scope, str):
        return Groups(why=scope)
    departments = _departments_of(asked, scope)
    wanted = [str(scope), *map(str, departments.values())]
    found = told_many([*MEASURES, *KEYS.values()], wanted, asked.snapshot.as_of)
    lines: list[Line | ScoreLine] = [
        *_scores(asked, scope),
        *(Line(each, found.get((each.key, str(scope)))) for each in MEASURES.values()),
    ]
    careers = comparisons_of(found, str(scope))
    return Groups(
        lines, list(_pictures(found, departments)), careers_shown(careers) if careers else None
    )


def _scores(asked: Asked, scope: Scope) -> list[ScoreLine]:
    """Scores were released per cohort, and so of parts of it there are none."""
    if scope.parts:
        return []
    until = asked.snapshot.as_of
    found = scores_of([each.pk for each in asked.cohorts], until=until)
    return [ScoreLine(each.quality, each.mean, each.answers, until) for each in found]


def _people(count: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def _scope_of(asked: Asked, member: Member) -> Scope | str:
    """The group in the ledger's words, or why there is none."""
    parts = [
        (name, value)
        for name, value in (
            (Dimension.DEPARTMENT, asked.department),
            (Dimension.LOCATION, asked.location),
            (Dimension.BAND, asked.band),
        )
        if value
    ]
    if asked.cohort:
        scope = Scope(Reach.COHORT, asked.cohort.pk)
        return scope if not parts else _("Of a cohort these are told as a whole only.")
    ways = {name for name, _value in parts}
    if len(parts) > 1 and ways != {Dimension.DEPARTMENT, Dimension.BAND}:
        return _("Told are departments, locations, grades, and departments by grades.")
    if asked.program:
        return Scope(Reach.PROGRAM, asked.program.pk, tuple(parts))
    if not sees_every_program(member):
        return _("Choose a program: of all of them together only those are told who see all.")
    return Scope(Reach.ORGANIZATION, None, tuple(parts))


def _departments_of(asked: Asked, scope: Scope) -> Mapping[str, Scope]:
    """Each department of the group, where the group as a whole is asked about."""
    if scope.parts or scope.reach == Reach.COHORT:
        return {}
    names = asked.choices.departments[:MOST_BARS]
    return {name: scope.within((Dimension.DEPARTMENT, name)) for name in names}


def _pictures(
    found: Mapping[tuple[str, str], Told], departments: Mapping[str, Scope]
) -> Iterable[Bars]:
    for key, title, measures in (
        ("growth", _("Where people stand now, less where they stood"), GROWTH),
        ("reliability", _("Meetings put off by mentees, for each one held"), (RELIABILITY,)),
    ):
        rows = [
            _row(name, [(each, found.get((each, str(scope)))) for each in measures])
            for name, scope in departments.items()
        ]
        shown = [row for row in rows if any(value is not None for value in row.values)]
        if any(isinstance(value, float) for row in shown for value in row.values):
            names = [MEASURES[each].name for each in measures]
            yield Bars(key=key, title=title, rows=shown, series=names, unit=HUNDREDTHS)


def _row(name: str, told: Sequence[tuple[str, Told | None]]) -> BarRow:
    people = [each.people if each and each.is_told else None for _key, each in told]
    return BarRow(name, [_bar(key, each) for key, each in told], people)


def _bar(key: str, told: Told | None) -> ChartFigure:
    if told is None:
        return None
    if told.refusal:
        return Withheld(told.refusal.label)
    value: float | None = (told.value or {}).get(BARS[key])
    return value
