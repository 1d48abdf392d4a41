"""Whether there are people who could meet at all."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.permissions import Permission
from programs.enums import Side
from programs.preflight.case import Case, Check, Fix, judged
from programs.queries.launch import has_gap

FEW = 0.05


def people(case: Case) -> Check:
    total = case.launch.people.total
    return Check(
        "people",
        _("People are known"),
        ngettext("There is %(count)d person.", "There are %(count)d people.", total)
        % {"count": total},
        judged(error=total < 2),
        Fix(_("Import people"), "people_import_new", Permission.PEOPLE_IMPORT),
    )


def grades(case: Case) -> Check:
    """A gap of two needs three grades."""
    needed = case.launch.program.grade_gap + 1
    is_short = has_gap(case.launch.program) and case.launch.grades < needed
    reason = _("Seniority is measured in grades, never in age.")
    if is_short:
        reason = _(
            "The seniority gap of %(gap)d needs at least %(needed)d grades. There are: %(count)d."
        ) % {"gap": needed - 1, "needed": needed, "count": case.launch.grades}
    return Check(
        "grades",
        _("Grades in order"),
        reason,
        judged(error=is_short),
        Fix(_("Put grades in order"), "grades", Permission.CHART_EDIT),
    )


def grades_given(case: Case) -> Check:
    found = case.launch.people
    lacking = found.without_grade if has_gap(case.launch.program) else 0
    reason = _("Whoever has no grade cannot be matched.")
    if lacking:
        reason = _("%(count)d of %(total)d people have no grade and cannot be matched.") % {
            "count": lacking,
            "total": found.total,
        }
    return Check(
        "grades_given",
        _("Everybody has a grade"),
        reason,
        judged(error=0 < found.total == lacking, hint=bool(lacking)),
        Fix(_("Import people with their grades"), "people_import_new", Permission.PEOPLE_IMPORT),
    )


def managers(case: Case) -> Check:
    found = case.launch.people
    lacking = found.without_manager
    reason = _("Nobody is matched with somebody above or below them, so the lines must be known.")
    if lacking > 1:
        reason = _(
            "%(count)d of %(total)d people have no manager."
            " Nobody can tell whether they stand above or below a partner."
        ) % {"count": lacking, "total": found.total}
    return Check(
        "managers",
        _("Managers are known"),
        reason,
        judged(
            error=found.total > 1 and lacking == found.total,
            hint=lacking > max(1, found.total * FEW),
        ),
        Fix(_("Import people with their managers"), "people_import_new", Permission.PEOPLE_IMPORT),
    )


def eligible(case: Case) -> Check:
    counts = case.launch.eligible
    return Check(
        "eligible",
        _("Eligible people on both sides"),
        _("%(mentors)s: %(mentor_count)d. %(mentees)s: %(mentee_count)d.")
        % {
            "mentors": _capital(case.people_called(Side.MENTOR)),
            "mentor_count": counts[Side.MENTOR],
            "mentees": _capital(case.people_called(Side.MENTEE)),
            "mentee_count": counts[Side.MENTEE],
        },
        judged(error=not all(counts.values())),
        case.in_cohort(_("Change eligibility"), "cohort_eligibility"),
    )


def gap(case: Case) -> Check:
    mentees, within = case.launch.eligible[Side.MENTEE], case.launch.within_gap
    words = {
        "count": within,
        "total": mentees,
        "mentees": case.people_called(Side.MENTEE),
        "mentors": case.people_called(Side.MENTOR),
        "gap": case.launch.program.grade_gap,
    }
    reason = _("This program does not compare grades.")
    if has_gap(case.launch.program):
        reason = _(
            "%(count)d of %(total)d eligible %(mentees)s can meet one of the eligible %(mentors)s"
            " at least %(gap)d grades away."
        )
    return Check(
        "gap",
        _("The seniority gap can be met"),
        reason % words,
        judged(error=not within, hint=within * 2 < mentees),
        case.in_cohort(_("Change eligibility"), "cohort_eligibility"),
    )


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


PEOPLE = (people, grades, grades_given, managers, eligible, gap)
