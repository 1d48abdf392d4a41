"""The opening of an ordinary meeting."""

from django.utils.translation import gettext_lazy as _

from programs.enums import Stage, Subject
from programs.library.parts import built_in, tools

QUESTIONS = built_in(
    Stage.OPENING,
    {
        Subject.ANY: {
            "noticed": _(
                "What have you done or noticed since last time that you would not have"
                " noticed before?"
            ),
            "stayed": _("Which sentence from our last conversation has stayed with you?"),
            "came-between": _("What did you mean to do and did not, and what came in between?"),
            "useful-today": _("What would make today's conversation useful to you?"),
            "with-others": _(
                "What have you tried out with other people since we met, and how did they take it?"
            ),
        },
        Subject.TECHNOLOGY: {
            "tried": _("Where did you try out what we looked at, and what happened?"),
            "old-way": _("At which point did you go back to the old way, and what made it easier?"),
        },
        Subject.UNSEEN: {
            "seen-differently": _("What have you seen with other eyes since we talked about it?"),
            "asked-somebody": _(
                "Whom have you asked something that you would not have asked before?"
            ),
        },
        Subject.INCLUSION: {
            "who-spoke": _(
                "Think of your last meetings: who spoke a lot, who hardly at all, and what"
                " happened then?"
            ),
            "said-something": _(
                "Was there a moment when you were glad that you said something, or wished"
                " that you had?"
            ),
        },
        Subject.TRENDS: {
            "fits": _(
                "What have you come across since last time that fits what we talked about, or"
                " speaks against it?"
            ),
            "customer": _("What have you heard from a customer lately that surprised you?"),
        },
    },
)
TOOLS = tools(
    Stage.OPENING,
    {
        "three-minutes": (
            _("Three minutes each"),
            _(
                "Start with three minutes for each of you, without interruption: what has"
                " happened since last time? Whoever listens may ask one question afterwards,"
                " no more. A phone on the table keeps the time."
            ),
        ),
        "interrupted": (
            _("When you are interrupted"),
            _(
                "Have a sentence ready: “Let me finish this thought, then I would like to"
                " hear yours.” If it happens again, name it in a friendly way: “I lose my"
                " thread when I am interrupted. May I start once more?”"
            ),
        ),
    },
)
