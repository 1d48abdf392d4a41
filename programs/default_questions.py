"""The questions that come with the product, for each moment and by who answers them.

The two forms of feedback to the partner differ on purpose: five about the one who learns, six
about the one who shares. Nothing here names mentor or mentee, for organizations rename them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from programs.blueprints import Question
from programs.enums import Moment, QuestionKind, Side

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text


@dataclass(frozen=True, slots=True)
class Ours:
    """A question of ours, in every language of the product."""

    text: "Text"
    kind: QuestionKind = QuestionKind.RATED
    choices: "tuple[Text, ...]" = ()
    is_required: bool = True


def _open(text: "Text") -> Ours:
    """Nobody has to write."""
    return Ours(text, QuestionKind.TEXT, is_required=False)


def _both(*questions: Ours) -> dict[Side, tuple[Ours, ...]]:
    return dict.fromkeys((Side.MENTOR, Side.MENTEE), questions)


BETTER = _open(_("What could my partner do even better?"))
TIME = Ours(_("I can make the time that it needs."))
HOPES = _open(_("What would make this worth your time?"))
WORTH = Ours(_("Our meetings are worth the time that they take."))
OPENLY = Ours(_("We talk openly with each other."))
HELP = _open(_("What would help the two of you now?"))
ORGANIZED = Ours(_("All in all it was well organized."))
MATCH = Ours(_("My partner and I were a good match."))
WELL_SPENT = Ours(_("It was worth the time that I gave."))
RECOMMEND = Ours(_("I would recommend it to a colleague."))
CHANGE = _open(_("What should we keep, and what should we change?"))
OUTLOOK = Ours(_("What I heard has changed how I look at things."))
STAYED = _open(_("What has stayed with you?"))

DEFAULTS: dict[Moment, dict[Side, tuple[Ours, ...]]] = {
    Moment.PARTNER: {
        Side.MENTOR: (
            Ours(_("My partner took the initiative in running our relationship.")),
            Ours(_("My partner engaged with our goals.")),
            Ours(_("My partner was on time and good at arranging our meetings.")),
            Ours(_("My partner made the most of the opportunity.")),
            BETTER,
        ),
        Side.MENTEE: (
            Ours(_("My partner’s support was effective.")),
            Ours(_("My partner’s experience was valuable and fitted my aims.")),
            Ours(_("My partner was on time and invested in our meetings.")),
            Ours(_("My partner engaged with my aims.")),
            Ours(_("My partner made the most of this role.")),
            BETTER,
        ),
    },
    Moment.BASELINE: {
        Side.MENTOR: (Ours(_("I know what I can offer my partner.")), TIME, HOPES),
        Side.MENTEE: (Ours(_("I know what I would like to learn.")), TIME, HOPES),
    },
    Moment.INTRODUCTION: _both(
        Ours(
            _("After your first meeting: how does it feel?"),
            QuestionKind.CHOICE,
            (_("A good fit"), _("Still deciding"), _("Not a good fit")),
        ),
        _open(_("What should those who run this know?")),
    ),
    Moment.MIDPOINT: {
        Side.MENTOR: (WORTH, OPENLY, Ours(_("What I can offer is wanted.")), HELP),
        Side.MENTEE: (WORTH, OPENLY, Ours(_("I learn what I came for.")), HELP),
    },
    Moment.END: {
        Side.MENTOR: (
            ORGANIZED,
            MATCH,
            WELL_SPENT,
            Ours(_("My view was heard, and I grew with it.")),
            RECOMMEND,
            CHANGE,
        ),
        Side.MENTEE: (
            ORGANIZED,
            MATCH,
            WELL_SPENT,
            Ours(_("I learned something that I use in my work.")),
            RECOMMEND,
            CHANGE,
        ),
    },
    Moment.LATER: {
        Side.MENTOR: (
            Ours(_("I trust more in what I have to say.")),
            Ours(_("I understand better how the other side sees things.")),
            STAYED,
        ),
        Side.MENTEE: (
            OUTLOOK,
            Ours(_("I do something differently because of it.")),
            STAYED,
        ),
    },
}


def default_questions(moment: Moment, language: str) -> dict[Side, tuple[Question, ...]]:
    """In an organization's language, with the other languages of the product as translations."""
    return {
        side: tuple(_in_words(each, language) for each in asked)
        for side, asked in DEFAULTS[moment].items()
    }


def _in_words(ours: Ours, language: str) -> Question:
    others = [code for code, _name in settings.LANGUAGES if code != language]
    words = _words(ours, language)
    return Question(
        text=words["text"],
        kind=ours.kind,
        is_required=ours.is_required,
        choices=tuple(words.get("choices", ())),
        translations={code: _words(ours, code) for code in others},
    )


def _words(ours: Ours, language: str) -> Mapping[str, Any]:
    with override(language):
        words: dict[str, Any] = {"text": str(ours.text)}
        if ours.choices:
            words["choices"] = [str(each) for each in ours.choices]
        return words
