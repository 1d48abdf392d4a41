"""Words in addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from mentoring.profiles.enums import Direction, Step
from programs.enums import Side


class SideConverter(StringConverter):
    regex = "|".join(Side.values)


class StepConverter(StringConverter):
    regex = "|".join(Step.values)


class DirectionConverter(StringConverter):
    regex = "|".join(Direction.values)


def register() -> None:
    """Make ``<side:side>``, ``<step:step>`` and ``<direction:direction>`` known."""
    register_converter(SideConverter, "side")
    register_converter(StepConverter, "step")
    register_converter(DirectionConverter, "direction")
