"""What the library is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from programs.enums import Stage, Subject

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

type Texts = "Mapping[Subject, Mapping[str, Text]]"


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """A question that comes with the product. The key stays when the words change."""

    key: str
    stage: Stage
    subject: Subject
    text: "Text"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tiny format with ready wording, for somebody who does it for the first time."""

    key: str
    stage: Stage
    title: "Text"
    text: "Text"


def built_in(stage: Stage, texts: Texts) -> tuple[BuiltIn, ...]:
    """The questions of one stage, in the order in which they are written."""
    return tuple(
        BuiltIn(f"{stage}-{key}", stage, subject, text)
        for subject, each in texts.items()
        for key, text in each.items()
    )


def tools(stage: Stage, texts: "Mapping[str, tuple[Text, Text]]") -> tuple[Tool, ...]:
    return tuple(Tool(f"{stage}-{key}", stage, title, text) for key, (title, text) in texts.items())
