"""Short guides that a program starts with, by kind. Written to be read in two minutes."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from programs.enums import Kind

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

_ASK = _(
    "Listen and ask before you advise. A good question often helps more than a good answer:"
    " “What makes you think so?”, “What have you tried?”, “What would you do next?”"
)
_AGENDA = _(
    "The agenda is yours. Write down two or three points before each meeting; the other adds to"
    " them. At the end, agree on what should have happened by the next one."
)
_NO_EXPERT = _(
    "You need not know everything. “I do not know, let us find out” is a good answer, and what"
    " lies outside of your topics you may turn down with one click."
)
_PLAN = _(
    "Making time is your part: you propose the dates, you make the first contact, and when a"
    " meeting has to move you name the new date in the same breath."
)
_OPEN = _(
    "Say what you would like to learn and what is hard at the moment, before the first meeting."
    " The more honest you are, the more useful this becomes."
)
MENTORS: "dict[Kind, tuple[Text, ...]]" = {
    Kind.REVERSE: (
        _(
            "You were not asked although you are junior, but because of what you see every day"
            " and the people who lead may not. That is all the standing you need."
        ),
        _AGENDA,
        _ASK,
        _NO_EXPERT,
    ),
    Kind.MUTUAL: (
        _("Both of you teach and both of you learn. Take turns, and say so when it tips."),
        _AGENDA,
        _ASK,
    ),
    Kind.TRADITIONAL: (
        _(
            "You offer experience, not instructions: the decisions stay with the person who has"
            " to live with them."
        ),
        _ASK,
        _NO_EXPERT,
    ),
}
MENTEES: "dict[Kind, tuple[Text, ...]]" = {
    Kind.REVERSE: (
        _(
            "Elsewhere you lead; here you are the one who learns. It is easy to take over"
            " without noticing, so leave the agenda to the other and ask once more before you"
            " explain."
        ),
        _OPEN,
        _PLAN,
        _(
            "It takes courage to tell a leader how things look from below. Thank for it, and never"
            " use it where others could tell whom you have it from."
        ),
    ),
    Kind.MUTUAL: (
        _("Both of you teach and both of you learn. Take turns, and say so when it tips."),
        _OPEN,
        _PLAN,
    ),
    Kind.TRADITIONAL: (_OPEN, _PLAN),
}
BEFORE_THE_FIRST_MEETING: "tuple[Text, ...]" = (
    _("Half an hour to an hour, by video, by phone or in person, is enough for these four points:"),
    _(
        "How often do we want to meet? How long should this last? What can one of us offer? What"
        " is the other looking for?"
    ),
    _("Read the agreement together and say what it means to you, before anybody takes notes."),
)
