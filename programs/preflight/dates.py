"""Whether the cohort's own days and places fit together."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programs.preflight.case import Case, Check, judged


def dates(case: Case) -> Check:
    cohort = case.launch.cohort
    days = [
        cohort.enrollment_opens_on,
        cohort.enrollment_closes_on,
        cohort.starts_on,
        cohort.ends_on,
    ]
    given = [day for day in days if day]
    reason = _("Enrollment opens and closes, then the pairs start and end.")
    if len(given) < len(days):
        reason = _("People want to know the days before they say yes. Some are missing.")
    elif given != sorted(given):
        reason = _("They are not in order: enrollment opens, closes, then start and end.")
    return Check(
        "dates",
        _("Dates are complete and in order"),
        reason,
        judged(error=len(given) < len(days) or given != sorted(given)),
        case.in_cohort(_("Set the dates")),
    )


def window(case: Case) -> Check:
    closes = case.launch.cohort.enrollment_closes_on
    is_over = closes is not None and closes < case.today
    reason = _("People need time to enroll.")
    if closes and is_over:
        reason = _("Enrollment closed on %(day)s.") % {"day": date_format(closes)}
    return Check(
        "window",
        _("The time to enroll is ahead"),
        reason,
        judged(error=is_over),
        case.in_cohort(_("Set the dates")),
    )


def pilot(case: Case) -> Check:
    cohort = case.launch.cohort
    return Check(
        "pilot",
        _("A pilot is small and reviewed"),
        _("A pilot needs a number of places, and each person is approved."),
        judged(error=cohort.is_pilot and not (cohort.places and cohort.needs_approval)),
        case.in_cohort(_("Set the places")),
    )


def places(case: Case) -> Check:
    counts = case.launch.eligible.values()
    wanted = case.launch.cohort.places or 0
    return Check(
        "places",
        _("Places can be filled"),
        _("There are more places than eligible people on a side.")
        if wanted > min(counts)
        else _("There are enough eligible people for the places."),
        judged(hint=wanted > min(counts)),
        case.in_cohort(_("Change eligibility"), "cohort_eligibility"),
    )


DATES = (dates, window, pilot, places)
