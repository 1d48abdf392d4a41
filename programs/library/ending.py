"""Ending well."""

from django.utils.translation import gettext_lazy as _

from programs.enums import Stage, Subject
from programs.library.parts import built_in, tools

QUESTIONS = built_in(
    Stage.ENDING,
    {
        Subject.ANY: {
            "then-now": _("Where did you stand when we began, and where do you stand now?"),
            "keep-doing": _("What will you keep doing when we no longer meet?"),
            "who-hears": _("Who should hear about what has changed, and what would you tell them?"),
            "not-asked": _("What would you regret not having asked me?"),
            "left-open": _("What is left open, and with whom could you take it further?"),
        },
        Subject.TECHNOLOGY: {
            "keep-learning": _(
                "How will you keep learning when there is no date with me in the calendar?"
            ),
            "everybody": _("What of all this should everybody around you be able to do?"),
        },
        Subject.UNSEEN: {
            "who-tells": _("Who will tell you from now on what does not reach you by itself?"),
            "people-see": _(
                "Which change can people see because we talked, and which one do you still"
                " want to make?"
            ),
        },
        Subject.INCLUSION: {
            "stand-up": _("What will you stand up for from now on, even when it is awkward?"),
            "open-door": _("For whom could you open a door next?"),
        },
        Subject.TRENDS: {
            "keep-an-eye": _("Which development will you keep an eye on, and how?"),
            "in-a-year": _(
                "What do you expect to be different in our field a year from now, and how"
                " will you check?"
            ),
        },
    },
)
TOOLS = tools(
    Stage.ENDING,
    {
        "fold": (
            _("Then and now"),
            _(
                "Fold a sheet in half. Left: what I thought at the beginning. Right: what I"
                " think today. Each of you reads out one line that has changed."
            ),
        ),
        "last-sentence": (
            _("A good last sentence"),
            _(
                "An ending needs no speech. “I take this with me: … Thank you for …” is"
                " enough. If you would like to stay in touch, say how: “May I write to you"
                " twice a year?”"
            ),
        ),
    },
)
