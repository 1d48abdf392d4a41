"""A form that a demo organization has changed: a question of its own, with its translation."""

from accounts.models import Member
from programs.blueprints import Question
from programs.enums import Moment, QuestionKind, Side
from programs.models import Program
from programs.operations import questions

WORDS = {
    "en": (
        "Where do the two of you meet best?",
        ("At the coffee machine", "In a meeting room", "On a walk", "On the screen"),
    ),
    "de": (
        "Wo treffen Sie beide sich am besten?",
        ("An der Kaffeemaschine", "Im Besprechungsraum", "Beim Spazieren", "Am Bildschirm"),
    ),
}


def ask_own(owner: Member, *, mark: str) -> None:
    """Half-way both are asked a question more, in the first program."""
    program = Program.objects.order_by("created_at", "pk")[0]
    forms = questions.forms_in_use(program=program, moment=Moment.MIDPOINT)
    own = _own(owner.organization.language, mark)
    wanted: dict[Side, list[Question]] = {}
    for side, form in forms.items():
        *rated, last = questions.questions_of(form)
        wanted[side] = [*rated, own, last]
    questions.change_questions(
        program=program,
        moment=Moment.MIDPOINT,
        questions=wanted,
        version=questions.version_of(program, Moment.MIDPOINT, forms),
        actor=owner,
    )


def _own(language: str, mark: str) -> Question:
    code = language if language in WORDS else "en"
    text, choices = WORDS[code]
    others = {
        other: {"text": mark + words, "choices": [mark + each for each in answers]}
        for other, (words, answers) in WORDS.items()
        if other != code
    }
    return Question(
        mark + text,
        QuestionKind.CHOICE,
        choices=tuple(mark + each for each in choices),
        translations=others,
    )
