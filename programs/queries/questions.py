"""What the two people of a pair are asked about each other."""

from django.db.models import Prefetch

from programs.enums import Side
from programs.models import FeedbackForm, FeedbackQuestion, Program


def versions_of(program: Program) -> list[FeedbackForm]:
    """Every version of both forms with its questions, the mentors' first, newest first."""
    ordered = Prefetch("questions", FeedbackQuestion.objects.order_by("position"))
    forms = FeedbackForm.objects.filter(program=program).prefetch_related(ordered)
    return list(forms.order_by("-writer", "-version"))


def newest_forms(program: Program) -> dict[Side, FeedbackForm]:
    """The version of each form that is in use now, the mentors' first."""
    found: dict[Side, FeedbackForm] = {}
    for form in versions_of(program):
        found.setdefault(Side(form.writer), form)
    return found
