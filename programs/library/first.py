"""The first meeting: getting to know each other."""

from django.utils.translation import gettext_lazy as _

from programs.enums import Stage, Subject
from programs.library.parts import built_in, tools

QUESTIONS = built_in(
    Stage.FIRST,
    {
        Subject.ANY: {
            "worth": _(
                "What would have to happen for you to say at the end that this was worth your time?"
            ),
            "day": _(
                "What does an ordinary working day of yours look like, and which part of it"
                " do few people see?"
            ),
            "how-you-work": _(
                "What should I know about the way you work that is in no job description?"
            ),
            "learned-late": _(
                "What did you learn late about this organization and wish you had heard earlier?"
            ),
            "uncomfortable": _(
                "When somebody has something uncomfortable to tell you, how do they best go"
                " about it?"
            ),
        },
        Subject.TECHNOLOGY: {
            "avoided-tool": _("Which tool do you open every day, and which one do you avoid?"),
            "never-asked": _(
                "What would you like to ask about technology that you have never had the"
                " chance to ask?"
            ),
        },
        Subject.UNSEEN: {
            "how-you-hear": _(
                "How do you usually find out what people far away from your office think?"
            ),
            "turned-out": _(
                "When did something turn out quite different from what you had been told?"
            ),
        },
        Subject.INCLUSION: {
            "outsider": _(
                "When did you last feel like an outsider in a room, and what did you notice there?"
            ),
            "might-sound-wrong": _(
                "What would you like to understand about inclusion, but have not asked"
                " because it might sound wrong?"
            ),
        },
        Subject.TRENDS: {
            "how-you-follow": _(
                "How do you find out what is changing in our field, and what do you think"
                " passes you by?"
            ),
            "wonder": _(
                "Which change in our field does everybody talk about, and which one do you"
                " wonder about yourself?"
            ),
        },
    },
)
TOOLS = tools(
    Stage.FIRST,
    {
        "two-columns": (
            _("Two columns"),
            _(
                "Draw a line down the middle of a sheet. Left: “What I would like to learn.”"
                " Right: “What I could show you.” Each of you writes for three minutes; then"
                " you swap sheets, and each asks about one line."
            ),
        ),
        "first-sentence": (
            _("If you are nervous: a first sentence"),
            _(
                "Begin with what is true: “I have never done this before, and I have prepared"
                " three questions. May I start with the first?” Nobody expects more of you"
                " than that."
            ),
        ),
    },
)
