"""What was told about groups, for pages and exports: values that were computed long before."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from accounts.models import Member
from accounts.permissions import Permission
from mentoring.reports.disclosure.cells import Earlier, Told
from mentoring.reports.disclosure.scopes import Reach, Scope
from mentoring.reports.models import LedgerCell
from programs.models import Cohort, Program
from programs.queries.cohorts import cohorts_of
from programs.queries.programs import programs_of, sees_every_program

# Measure and scope.
type Question = tuple[str, str]


def told(measure: str, scope: str, as_of: date) -> Told | None:
    """One of them; see `told_many`."""
    return told_many([measure], [scope], as_of).get((measure, scope))


def told_many(
    measures: Collection[str], scopes: Collection[str], as_of: date
) -> Mapping[Question, Told]:
    """What was decided last about each, at the end of this day or before; one query.

    Where that is a refusal, it comes with what was told of the group before. Ask only about
    scopes that the reader may see.
    """
    rows = LedgerCell.objects.filter(
        measure__in=list(measures), scope__in=list(scopes), as_of__lte=as_of
    )
    is_told = ExpressionWrapper(Q(refusal=""), output_field=BooleanField())
    latest = rows.annotate(is_told=is_told).order_by("measure", "scope", "is_told", "-as_of")
    found: dict[Question, list[LedgerCell]] = {}
    for each in latest.distinct("measure", "scope", "is_told").defer("members"):
        found.setdefault((each.measure, each.scope), []).append(each)
    return {question: _told(both) for question, both in found.items()}


def told_to(member: Member) -> QuerySet[LedgerCell]:
    """Every decision that the member may read of: figures of what they may look at whole."""
    if not member.may(Permission.REPORTS_VIEW):
        return LedgerCell.objects.none()
    rows = LedgerCell.objects.defer("members").order_by("-as_of", "measure", "pk")
    if sees_every_program(member):
        return rows
    theirs = Q(pk=None)
    for reach, keys in (
        (Reach.PROGRAM, programs_of(member).values_list("pk", flat=True)),
        (Reach.COHORT, cohorts_of(member).values_list("pk", flat=True)),
    ):
        for key in keys:
            theirs |= Q(scope__startswith=str(Scope(reach, key)).removesuffix("]"))
    return rows.filter(theirs)


def _told(both: list[LedgerCell]) -> Told:
    current = max(both, key=lambda each: each.as_of)
    before = next((each for each in both if not each.refusal and each is not current), None)
    if before is None:
        return Told.of(current)
    return Told.of(current, earlier=Earlier(before.as_of, before.people, before.value or {}))


def names_of(keys: Iterable[UUID]) -> Mapping[UUID, str]:
    """What programs and cohorts are called now; two queries, none without keys."""
    wanted = set(keys)
    if not wanted:
        return {}
    programs = Program.objects.filter(pk__in=wanted).values_list("pk", "name")
    cohorts = Cohort.objects.filter(pk__in=wanted).select_related("program")
    return dict(programs) | {each.pk: f"{each.program.name}, {each.name}" for each in cohorts}
