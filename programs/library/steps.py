"""Goals and next steps."""

from django.utils.translation import gettext_lazy as _

from programs.enums import Stage, Subject
from programs.library.parts import built_in, tools

QUESTIONS = built_in(
    Stage.NEXT,
    {
        Subject.ANY: {
            "one-thing": _("What is the one thing you want to have done before we meet again?"),
            "this-week": _("How could we make that so small that it fits into this week?"),
            "others-notice": _("How would other people notice that it has worked?"),
            "leave-out": _("What could you leave out to make room for it?"),
            "help": _("Who could help with it, and what exactly would you ask them for?"),
        },
        Subject.TECHNOLOGY: {
            "new-way": _(
                "Which task will you do in the new way next week, even if it takes longer the"
                " first time?"
            ),
            "show-somebody": _("Whom could you show what you have just learned?"),
        },
        Subject.UNSEEN: {
            "watch-an-hour": _(
                "Where could you spend an hour just watching and listening before we meet again?"
            ),
            "small-nuisance": _(
                "Which small thing that annoys people could be out of the way by next week?"
            ),
        },
        Subject.INCLUSION: {
            "next-meeting": _(
                "What will you do differently in your very next meeting so that somebody else"
                " is heard?"
            ),
            "say-in-public": _(
                "Which sentence could you say in front of everybody that makes it easier for"
                " others to speak?"
            ),
        },
        Subject.TRENDS: {
            "small-test": _(
                "What could you try out in a small way before anybody writes a paper about it?"
            ),
            "outside": _(
                "Whom outside of our organization would you like to ask about it, and who"
                " could introduce you?"
            ),
        },
    },
)
TOOLS = tools(
    Stage.NEXT,
    {
        "one-sentence": (
            _("One sentence to take along"),
            _(
                "Before you part, each of you writes one sentence: “Until next time I will …”"
                " Read both out. They are the first point of the next meeting."
            ),
        ),
        "nothing-done": (
            _("When nothing was done"),
            _(
                "Leave out the reproach: “It did not happen, that is fine. Was it the wrong"
                " step, or the wrong moment?” Then make the step half as big, or let it go."
            ),
        ),
    },
)
