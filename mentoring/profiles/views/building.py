"""What the pages of the enrollment are built from."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.requests import MemberRequest
from accounts.terms import Form, Term, word_for
from mentoring.profiles.enums import Step
from mentoring.profiles.forms.steps import (
    AimsForm,
    MenteeWhenForm,
    MentorWhenForm,
    SendForm,
    StartForm,
    WordsForm,
)
from mentoring.profiles.forms.topics import TopicsForm
from mentoring.profiles.queries.own import answers_of
from mentoring.profiles.ratings import statements_of
from programs.enums import Side
from programs.queries.enrollment import minutes_per_month, preparations_of
from programs.queries.topics import topics_to_choose

LATER = "later"


def form_of(
    request: MemberRequest, cohort: Any, participant: Any, side: Side, step: Step
) -> forms.Form:
    """The form of one page, with what the person said before or has just sent."""
    data = request.POST if request.method == "POST" else None
    is_draft = LATER in request.POST
    if step == Step.SEND:
        return _send(data, cohort, participant, side, is_draft=is_draft)
    answers = answers_of(request.member, participant, side, step)
    if step == Step.WHEN:
        return _when(request, data, side, answers)
    if step == Step.TOPICS:
        families = topics_to_choose()
        return TopicsForm(data, families=families, chosen=answers, is_draft=is_draft)
    if step == Step.START:
        return StartForm(
            data,
            statements=statements_of(side),
            has_criteria=bool(cohort.program.criteria),
            is_draft=is_draft,
            answers=answers,
        )
    return {Step.WORDS: WordsForm, Step.AIMS: AimsForm}[step](data, initial=answers)


def _send(data: Any, cohort: Any, participant: Any, side: Side, *, is_draft: bool) -> forms.Form:
    items = preparations_of([participant])[participant.pk]
    initial = {name: getattr(participant, f"{name}_at") for name in ("pledged", "consented")}
    pledge = pledge_of(cohort.program) if side == Side.MENTEE else ""
    return SendForm(data, pledge=pledge, items=items, is_draft=is_draft, initial=initial)


def _when(request: MemberRequest, data: Any, side: Side, answers: Any) -> forms.Form:
    if side == Side.MENTOR:
        return MentorWhenForm(data, initial=answers, mentees=words_for(request, Term.MENTEE))
    mentors = words_for(request, Term.MENTOR)
    return MenteeWhenForm(data, initial=answers, mentors=mentors[:1].upper() + mentors[1:])


def words_for(request: MemberRequest, term: Term) -> str:
    return word_for(request.organization.terms, term, Form.MANY)


def pledge_of(program: Any) -> str:
    """The promise of a mentee, in numbers of this program."""
    return _(
        "I set aside about %(minutes)s minutes a month for %(months)s months, and when a meeting"
        " has to move I propose its new date in the same breath"
    ) % {"minutes": minutes_per_month(program), "months": program.length_months}
