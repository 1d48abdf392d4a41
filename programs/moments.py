"""What the page of each moment says about it: when people are asked, and what for."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from programs.enums import Moment

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

LEADS: "dict[Moment, Text]" = {
    Moment.PARTNER: _(
        "At the end both give each other feedback, in about three minutes. It goes to the"
        " partner, who may keep it. The two forms differ on purpose."
    ),
    Moment.BASELINE: _(
        "When a pair begins, both say what they expect. What they say later is read beside it."
    ),
    Moment.INTRODUCTION: _(
        "After their first meeting both say whether it fits, while it is easy to change."
    ),
    Moment.MIDPOINT: _("Half-way there is still time to make something better. Keep it short."),
    Moment.END: _(
        "When a pair ends, both tell you in confidence how it was. This is another form than the"
        " feedback to the partner, and the partner never sees it."
    ),
    Moment.LATER: _("Half a year after the end: what has stayed? A few questions are enough."),
}
