"""What the program itself has to say before anybody is asked to join it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Permission
from programs.enums import Side
from programs.preflight.case import Case, Check, Fix, judged
from programs.queries.programs import missing_for_launch

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


def in_use(case: Case) -> Check:
    return Check(
        "program",
        _("The program is in use"),
        _("Nobody can join an archived program."),
        judged(error=case.launch.program.archived_at is not None),
        Fix(_("Use it again"), "program", Permission.PROGRAM_EDIT, (case.launch.program.pk,)),
    )


def _said(key: str, codes: set[str], title: "Text", reason: "Text") -> Callable[[Case], Check]:
    """A check of what the program's own pages ask for; ``codes`` are those of its gaps."""

    def said(case: Case) -> Check:
        missing = {each.code: each for each in missing_for_launch(case.launch.program)}
        found = next((missing[code] for code in sorted(codes) if code in missing), None)
        return Check(
            key,
            str(title),
            str(found.text if found else reason),
            judged(error=found is not None),
            case.in_program(gettext_lazy("Add it"), found.view if found else "program_edit"),
        )

    return said


SAID = (
    _said(
        "purpose",
        {"purpose"},
        gettext_lazy("Purpose"),
        gettext_lazy("People decide by it whether to give their time."),
    ),
    _said(
        "sponsor",
        {"sponsor", "sponsor_left"},
        gettext_lazy("Sponsor"),
        gettext_lazy("Leaders take part when one of them stands for it by name."),
    ),
    _said(
        "measures",
        {"measures"},
        gettext_lazy("Outcome measures"),
        gettext_lazy("Said before the start, so that the end can be compared with it."),
    ),
    _said(
        "agreement",
        {"agreement"},
        gettext_lazy("Agreement with the limits of confidentiality"),
        gettext_lazy("People agree to it before they write a single note."),
    ),
    _said(
        "contact",
        {"contact", "contact_left"},
        gettext_lazy("Contact for concerns"),
        gettext_lazy("Somebody by name is there when a pair is in trouble."),
    ),
)


def contact_outside(case: Case) -> Check:
    below, total = case.launch.below_contact, case.launch.people.total
    is_above_most = below * 2 > total
    return Check(
        "contact_outside",
        _("The contact stands outside most reporting lines"),
        _("%(count)d of %(total)d people work below the contact. They may hesitate to speak up.")
        % {"count": below, "total": total}
        if is_above_most
        else _("Nobody should have to raise a concern with somebody above them."),
        judged(hint=is_above_most),
        case.in_program(_("Choose somebody else"), "program_sponsor"),
    )


def topics(case: Case) -> Check:
    empty = case.launch.empty_families
    none = not case.launch.families or len(empty) == case.launch.families
    reason = _("Enrollment starts from what people know and want to learn.")
    if empty and not none:
        reason = _("Without a topic: %(families)s.") % {"families": ", ".join(empty)}
    return Check(
        "topics",
        _("Topics in every family"),
        reason,
        judged(error=none, hint=bool(empty)),
        Fix(_("Add topics"), "topics", Permission.TOPICS_EDIT),
    )


def preparation(case: Case) -> Check:
    return Check(
        "preparation",
        _("Required preparation"),
        _("A short required item, such as a guide to read, helps both sides to begin well."),
        judged(hint=not case.launch.required_items),
        case.in_program(_("Add preparation"), "program_preparation"),
    )


def questions(case: Case) -> Check:
    silent = [case.people_called(side) for side in Side if side not in case.launch.asked_sides]
    reason = _("At the end both sides are asked about each other.")
    if silent:
        reason = _("Nothing is asked of: %(sides)s.") % {"sides": ", ".join(silent)}
    return Check(
        "questions",
        _("Feedback questions for both sides"),
        reason,
        judged(hint=bool(silent)),
        case.in_program(_("Write the questions"), "program_questions"),
    )


PROGRAM = (
    in_use,
    *SAID,
    contact_outside,
    topics,
    preparation,
    questions,
)
