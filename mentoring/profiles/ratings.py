"""What both sides rate about themselves at the start, and again at the end.

Keys are stored: a statement may be worded anew, but a new meaning needs a new key.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from programs.enums import Side

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

SCORES = range(1, 6)
LOWEST, HIGHEST = _("not at all"), _("completely")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that a person agrees with from 1 to 5."""

    key: str
    text: "Text"


STATEMENTS: dict[Side, tuple[Statement, ...]] = {
    Side.MENTOR: (
        Statement("speaks_up", _("I tell leaders openly what I see, also when it is awkward.")),
        Statement("explains", _("I can explain what I know to somebody who is new to it.")),
        Statement("asks", _("I ask questions that make others think further.")),
        Statement("understands_leaders", _("I understand how leaders here come to decisions.")),
        Statement("network", _("I know people beyond my own team whom I can turn to.")),
    ),
    Side.MENTEE: (
        Statement("knows_their_day", _("I know what the daily work of junior colleagues is like.")),
        Statement("at_ease", _("I feel at ease with the topics I want to learn about.")),
        Statement("hears_truth", _("People far below me tell me what I need to hear.")),
        Statement("admits", _("I can say openly that I do not know something.")),
        Statement("acts", _("I change what I do because of what I hear from juniors.")),
    ),
}


def statements_of(side: Side) -> tuple[Statement, ...]:
    return STATEMENTS[side]
