"""Answers as they are stored: encrypted, each kind with a key of its own."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from mentoring.profiles.sealed import seal, unseal

ANSWERS = "feedback.answers.text"
COMMENT = "feedback.released_answer.text"
REFLECTION = "feedback.reflection.text"

# By question: a score or the number of a choice, or words.
type Said = Mapping[UUID, int | str]


def seal_answers(said: Said) -> str:
    """What to store of somebody's answers, also of none."""
    return seal(json.dumps({str(key): value for key, value in said.items()}), purpose=ANSWERS)


def unseal_answers(stored: str) -> Said:
    """The answers again. Raises Unreadable like `decrypt`."""
    return {UUID(key): value for key, value in json.loads(unseal(stored, purpose=ANSWERS)).items()}


def seal_comment(text: str) -> str:
    """What to store of a released comment."""
    return seal(text, purpose=COMMENT)


def unseal_comment(stored: str) -> str:
    """The comment again. Raises Unreadable like `decrypt`."""
    return unseal(stored, purpose=COMMENT)


def seal_reflection(said: Mapping[str, Any]) -> str:
    """What to store of a part of somebody's reflection; nothing stays nothing."""
    return seal(json.dumps(said) if said else "", purpose=REFLECTION)


def unseal_reflection(stored: str) -> dict[str, Any]:
    """The part again. Raises Unreadable like `decrypt`."""
    said: dict[str, Any] = json.loads(unseal(stored, purpose=REFLECTION) or "{}")
    return said
