"""A list to start from, with the headings that are understood at once."""

import csv
from io import StringIO

from accounts.roster.fields import Field

COLUMNS = tuple(field for field in Field if field not in (Field.GIVEN_NAME, Field.FAMILY_NAME))
PEOPLE = """\
Robin Castle;robin.castle@example.org;1001;Director;Board;London;Executive;;en;Europe/London;no
Anna Weber;anna.weber@example.org;1002;Head of sales;Sales;Berlin;Lead;1001;de, en;Europe/Berlin;no
Luis Romero;luis@example.org;1003;Trainee;Sales;Madrid;Junior;anna.weber@example.org;es;;yes
"""


def sample_csv() -> str:
    """Three people who do not exist, below headings in English, which always work."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([HEADINGS[field] for field in COLUMNS])
    writer.writerows(line.split(";") for line in PEOPLE.splitlines())
    return text.getvalue()


HEADINGS = {
    Field.NAME: "Name",
    Field.EMAIL: "E-mail",
    Field.EMPLOYEE_NUMBER: "Employee number",
    Field.JOB_TITLE: "Job title",
    Field.DEPARTMENT: "Department",
    Field.LOCATION: "Location",
    Field.GRADE: "Grade",
    Field.MANAGER: "Manager",
    Field.LANGUAGES: "Languages",
    Field.TIME_ZONE: "Time zone",
    Field.ON_LEAVE: "On leave",
}
