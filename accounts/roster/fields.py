"""What a column of a list of people can mean."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Field(models.TextChoices):
    """A fact about a person that a list can give."""

    NAME = "name", _("Name")
    GIVEN_NAME = "given_name", _("First name")
    FAMILY_NAME = "family_name", _("Last name")
    EMAIL = "email", _("E-mail address")
    EMPLOYEE_NUMBER = "employee_number", _("Employee number")
    JOB_TITLE = "job_title", _("Job title")
    DEPARTMENT = "department", _("Department")
    LOCATION = "location", _("Location")
    GRADE = "grade", _("Grade")
    MANAGER = "manager", _("Line manager")
    LANGUAGES = "languages", _("Languages")
    TIME_ZONE = "time_zone", _("Time zone")
    ON_LEAVE = "on_leave", _("On leave")


LONGEST = {
    Field.NAME: 150,
    Field.GIVEN_NAME: 150,
    Field.FAMILY_NAME: 150,
    Field.EMAIL: 254,
    Field.EMPLOYEE_NUMBER: 64,
    Field.JOB_TITLE: 150,
    Field.DEPARTMENT: 120,
    Field.LOCATION: 120,
    Field.GRADE: 120,
    Field.MANAGER: 254,
    Field.LANGUAGES: 400,
    Field.TIME_ZONE: 100,
    Field.ON_LEAVE: 60,
}
NAMES = frozenset({Field.NAME, Field.GIVEN_NAME, Field.FAMILY_NAME})


def missing(chosen: set[str]) -> list[Field]:
    """Fields without which a list says too little about its people."""
    has_name = Field.NAME in chosen or {Field.GIVEN_NAME, Field.FAMILY_NAME} <= chosen
    lacking = [] if has_name else [Field.NAME]
    return lacking if Field.EMAIL in chosen else [*lacking, Field.EMAIL]
