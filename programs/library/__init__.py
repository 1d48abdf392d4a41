"""The questions and tools that come with the product, by stage and topic.

Written for somebody junior who asks somebody senior: open, short, and no answers in them.
Hidden questions are kept by key, so a key never changes and is never used again.
"""

from programs.library import agreeing, deeper, ending, first, midway, opening, steps
from programs.library.parts import BuiltIn, Tool

_STAGES = (first, agreeing, opening, deeper, steps, midway, ending)
QUESTIONS: tuple[BuiltIn, ...] = tuple(each for stage in _STAGES for each in stage.QUESTIONS)
TOOLS: tuple[Tool, ...] = tuple(each for stage in _STAGES for each in stage.TOOLS)
BY_KEY = {each.key: each for each in QUESTIONS}

__all__ = ["BY_KEY", "QUESTIONS", "TOOLS", "BuiltIn", "Tool"]
