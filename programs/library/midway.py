"""Looking back midway."""

from django.utils.translation import gettext_lazy as _

from programs.enums import Stage, Subject
from programs.library.parts import built_in, tools

QUESTIONS = built_in(
    Stage.MIDWAY,
    {
        Subject.ANY: {
            "differently": _("What do you do differently now than when we began?"),
            "most-useful": _(
                "Which of our conversations was the most useful to you, and what made it so?"
            ),
            "less": _("What should we do less of from now on?"),
            "unsaid": _("What have we not said to each other so far that would help us?"),
            "aims": _("Which of the aims we began with still fit, and which do not?"),
        },
        Subject.TECHNOLOGY: {
            "on-your-own": _(
                "What can you do on your own today that you would have handed to somebody"
                " else before?"
            ),
            "closed-box": _(
                "What about technology is still a closed box to you, and is it worth opening?"
            ),
        },
        Subject.UNSEEN: {
            "daily-work": _(
                "What do you know about daily work here now that you did not know when we began?"
            ),
            "not-told": _("What do you think people are still not telling you?"),
        },
        Subject.INCLUSION: {
            "others-see": _(
                "What might people around you have noticed about the way you invite others to"
                " speak?"
            ),
            "still-hard": _(
                "What about inclusion is still hard to talk about, and what would make it easier?"
            ),
        },
        Subject.TRENDS: {
            "changed-mind": _("Where have you changed your mind about our field since we began?"),
            "into-decision": _(
                "Which of the things we looked at has found its way into a decision?"
            ),
        },
    },
)
TOOLS = tools(
    Stage.MIDWAY,
    {
        "keep-change-leave": (
            _("Keep, change, leave"),
            _(
                "Three headings on a sheet: keep, change, leave. Each of you writes one point"
                " about your meetings under each, without explaining. Then talk about the one"
                " that surprised you."
            ),
        ),
        "one-feedback": (
            _("Asking how you are doing"),
            _(
                "Ask for one thing, not for everything: “What is one thing I could do"
                " differently next time?” Then say thank you, and nothing else. You can think"
                " about it later."
            ),
        ),
    },
)
