"""Setting up cohorts and taking them through their states."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Member
from accounts.operations.audit import record
from mentoring.lib.clock import day_at, zone_named
from programs.enums import Action, CohortState
from programs.models import Cohort, Program
from programs.operations import closing, reminders
from programs.operations.cohort_days import keep_to_days
from programs.preflight import Check
from programs.queries.cohorts import is_untouched, most_approved
from programs.signals import cohort_advanced
from programs.steps import steps_from

NAME_ONCE = "programs_cohort_name_once"


class NameTaken(Exception):
    """The program has another cohort with this name."""


class PilotWithoutPlaces(Exception):
    """A pilot is small: it needs a number of places."""


class PlacesTaken(Exception):
    """More people are approved than there would be places; ``count`` of them on a side."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class Finished(Exception):
    """A closed cohort stays as it is."""


class InUse(Exception):
    """Only a draft that nobody has to do with can be deleted."""


class NotAllowed(Exception):
    """The cohort cannot go there, because of the unmet ``checks``; none when it never can."""

    def __init__(self, checks: Sequence[Check] = ()) -> None:
        super().__init__(", ".join(check.title for check in checks))
        self.checks = tuple(checks)


class Moved(Exception):
    """Somebody else has taken the cohort to another state than the reader saw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an admin says about a cohort. A pilot is always reviewed."""

    name: str
    is_pilot: bool = False
    needs_approval: bool = True
    places: int | None = None
    enrollment_opens_on: date | None = None
    enrollment_closes_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@transaction.atomic
def create_cohort(*, program: Program, details: Details, actor: Member) -> Cohort:
    """Add a draft to a program. Raises NameTaken, also for a form sent twice."""
    cohort = Cohort(program=program, **asdict(_checked(details)))
    _save(cohort)
    _record(Action.COHORT_CREATED, cohort, actor)
    return cohort


@transaction.atomic
def change_cohort(*, cohort: Cohort, details: Details, actor: Member, now: datetime) -> Cohort:
    """Set everything an admin says about a cohort. Raises NameTaken, PlacesTaken, Finished."""
    cohort = _locked(cohort)
    if cohort.state == CohortState.CLOSED:
        raise Finished
    details = _checked(details)
    if details.places is not None and (count := most_approved(cohort)) > details.places:
        raise PlacesTaken(count)
    changes: dict[str, Any] = {}
    for field, value in asdict(details).items():
        before = getattr(cohort, field)
        if before != value:
            changes[field] = [_plain(before), _plain(value)]
            setattr(cohort, field, value)
    if changes:
        _save(cohort)
        _record(Action.COHORT_CHANGED, cohort, actor, changes)
        keep_to_days(cohort=cohort, now=now)
    return cohort


@transaction.atomic
def delete_cohort(*, cohort: Cohort, actor: Member) -> None:
    """Remove a draft that nobody has started to enroll in or was invited to. Raises InUse."""
    cohort = _locked(cohort)
    if not is_untouched(cohort):
        raise InUse
    _record(Action.COHORT_DELETED, cohort, actor)
    cohort.delete()


@transaction.atomic
def advance(
    *,
    cohort: Cohort,
    to: CohortState,
    actor: Member,
    now: datetime,
    seen: CohortState | None = None,
) -> Cohort:
    """Take a cohort on, or back where that is possible; doing it twice is doing it once.

    ``seen`` is the state that the actor decided on: from a page that is no longer true,
    “on” could mean “back”. Raises NotAllowed and Moved.
    """
    cohort = _locked(cohort)
    before = CohortState(cohort.state)
    if before == to:
        return cohort
    if seen is not None and before != seen:
        raise Moved
    today = day_at(now, zone_named(actor.organization.time_zone))
    step = {each.to: each for each in steps_from(cohort, member=actor, today=today)}.get(to)
    if step is None or step.blocks:
        raise NotAllowed(step.blocks if step else ())
    cohort.state = to
    cohort.state_changed_at = now
    cohort.save(update_fields=["state", "state_changed_at"])
    _record(Action.COHORT_ADVANCED, cohort, actor, {"cohort_state": [before, to]})
    if to == CohortState.ENROLLING:
        reminders.plan(cohort=cohort, now=now)
        closing.plan(cohort=cohort, now=now)
    cohort_advanced.send(sender=Cohort, cohort=cohort, now=now)
    return cohort


def _locked(cohort: Cohort) -> Cohort:
    """The cohort as it is now; enrollment and decisions wait for the same lock."""
    rows = Cohort.objects.select_related("program")
    return rows.select_for_update(of=("self",)).get(pk=cohort.pk)


def _checked(details: Details) -> Details:
    if not details.is_pilot:
        return details
    if not details.places:
        raise PilotWithoutPlaces
    return replace(details, needs_approval=True)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _save(cohort: Cohort) -> None:
    try:
        with transaction.atomic():
            cohort.save()
    except IntegrityError as error:
        if NAME_ONCE in str(error):
            raise NameTaken from error
        raise


def _record(
    action: Action, cohort: Cohort, actor: Member, details: dict[str, Any] | None = None
) -> None:
    record(
        actor=actor,
        action=action,
        subject_id=cohort.pk,
        subject_name=f"{cohort.program.name} · {cohort.name}",
        details=details,
    )
