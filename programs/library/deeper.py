"""Going deeper, and sticking points."""

from django.utils.translation import gettext_lazy as _

from programs.enums import Stage, Subject
from programs.library.parts import built_in, tools

QUESTIONS = built_in(
    Stage.DEEPER,
    {
        Subject.ANY: {
            "why": _("What makes you see it that way?"),
            "every-day": _(
                "How would somebody describe it who has to live with the result every day?"
            ),
            "granted": _("What are we taking for granted here, and how could we check it?"),
            "nobody-says": _("What is nobody saying about this, and why might that be?"),
            "makes-it-hard": _(
                "What makes it hard: time, knowledge, other people, or something else?"
            ),
        },
        Subject.TECHNOLOGY: {
            "worst": _(
                "What is the worst that could happen if you tried it, and what would guard"
                " against it?"
            ),
            "by-hand": _(
                "Which work around you is still done by hand, and what has kept people from"
                " changing it?"
            ),
        },
        Subject.UNSEEN: {
            "many-hands": _(
                "Through how many hands does news go before it reaches you, and what gets"
                " lost on the way?"
            ),
            "sensible-rule": _(
                "Which rule looks sensible from a distance and costs people an hour every week?"
            ),
        },
        Subject.INCLUSION: {
            "missing": _(
                "Who is missing in the rooms where decisions are made, and what stays unheard"
                " because of it?"
            ),
            "think-of-first": _(
                "When there is an interesting task, whom do you think of first, and whom only"
                " later?"
            ),
        },
        Subject.TRENDS: {
            "stays": _("Suppose this change is here to stay: what would you stop doing first?"),
            "change-mind": _("What would you have to see to change your mind about it?"),
        },
    },
)
TOOLS = tools(
    Stage.DEEPER,
    {
        "silence": (
            _("Silence is fine: count to five"),
            _(
                "Ask your question and count silently to five before you say anything else. A"
                " pause is not a gap: the other person is thinking. If it stays quiet, say:"
                " “Take your time.”"
            ),
        ),
        "on-your-screen": (
            _("Show, don't tell: ten minutes on your screen"),
            _(
                "Do one real task while the other person watches, and say out loud what you"
                " do and what annoys you. Then swap: “Now you, and I keep my hands off the"
                " keyboard.” Ten minutes are enough."
            ),
        ),
        "not-know": (
            _("When you do not know"),
            _(
                "“I do not know, but I will find out by next time” is a complete answer. So"
                " is: “That is outside of what I offer. Who else could we ask?”"
            ),
        ),
    },
)
