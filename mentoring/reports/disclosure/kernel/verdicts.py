from enum import StrEnum


class Verdict(StrEnum):
    """Whether a group may be told of, and if not, why; the words of `enums.Refusal`."""

    OK = ""
    TOO_FEW = "too_few"
    DIFFERENCE = "difference"
    SOLVABLE = "solvable"
