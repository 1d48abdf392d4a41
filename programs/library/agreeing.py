"""Agreeing how to work together."""

from django.utils.translation import gettext_lazy as _

from programs.enums import Stage, Subject
from programs.library.parts import built_in, tools

QUESTIONS = built_in(
    Stage.AGREEING,
    {
        Subject.ANY: {
            "how-often": _("How often can you really make time for this, in a full month too?"),
            "between-us": _("What stays between the two of us, and what may each of us pass on?"),
            "taking-over": _(
                "If the conversation tips and only one of us decides what we talk about, how"
                " do we say so?"
            ),
            "moved": _("When a date has to move, who names the new one, and by when?"),
            "is-it-working": _(
                "How will each of us notice that this works, and how do we say so if it does not?"
            ),
        },
        Subject.TECHNOLOGY: {
            "watch-or-try": _(
                "Would you rather hear about it, watch me do it, or try it yourself while I"
                " sit beside you?"
            ),
            "real-example": _(
                "Which real piece of your work could we use as an example, and what must not"
                " be on the screen?"
            ),
        },
        Subject.UNSEEN: {
            "no-names": _(
                "When I tell you about something that goes wrong, how do we talk about it so"
                " that nobody can be recognized?"
            ),
            "act-at-once": _(
                "If something I tell you makes you want to act at once, what do we do first?"
            ),
        },
        Subject.INCLUSION: {
            "words": _(
                "If one of us uses a word that does not sit right with the other, how do we say so?"
            ),
            "limits": _(
                "Which questions are you unsure whether you may ask, and how can I show you"
                " where my limits are?"
            ),
        },
        Subject.TRENDS: {
            "one-or-two": _(
                "Which one or two developments do we want to follow, so that we do not talk"
                " about everything?"
            ),
            "see-yourself": _(
                "What would you like to see for yourself instead of reading about it?"
            ),
        },
    },
)
TOOLS = tools(
    Stage.AGREEING,
    {
        "four-lines": (
            _("Four lines on one page"),
            _(
                "Write four lines and read them out: how often we meet, until when, what one"
                " of us can offer, what the other is looking for. Then ask: “What would you"
                " change?” and change it together."
            ),
        ),
        "agenda": (
            _("When somebody takes over the agenda"),
            _(
                "Say it early and kindly: “That sounds important. May we finish my point"
                " first, and keep ten minutes for yours?” Write the new point down where you"
                " both see it, so that it is not lost."
            ),
        ),
    },
)
