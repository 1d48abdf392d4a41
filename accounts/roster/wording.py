"""What findings say to the person who handed in the list."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.roster.fields import Field
from accounts.roster.findings import Code, from_json

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

SENTENCES = {
    Code.EMPTY: gettext_noop("This file is empty."),
    Code.TOO_LARGE: gettext_noop("This file is larger than %(most)s MB. Please hand in a part."),
    Code.NOT_A_LIST: gettext_noop(
        "This is neither a CSV file nor an Excel workbook (.xlsx). In your spreadsheet,"
        " choose “Save as” and one of the two."
    ),
    Code.OLD_EXCEL: gettext_noop(
        "This is an old Excel file (.xls). In Excel, choose “Save as” and “Excel workbook (.xlsx)”."
    ),
    Code.PROTECTED: gettext_noop(
        "This workbook is protected by a password. Please save a copy without one."
    ),
    Code.BROKEN: gettext_noop(
        "This file is damaged and cannot be read. Please save it again in your spreadsheet."
    ),
    Code.QUOTES: gettext_noop(
        "The quotation marks around line %(line)s do not match, so it is not clear where a cell"
        " ends. Please save the list again as CSV or .xlsx."
    ),
    Code.ENCODING: gettext_noop(
        "The letters of this file are stored in a way that we do not know. Please save it as"
        " “CSV UTF-8” or as .xlsx."
    ),
    Code.BOMB: gettext_noop(
        "Unpacked, this workbook is far larger than a list of people. Please copy the list into"
        " a new workbook."
    ),
    Code.CELL_TOO_LARGE: gettext_noop(
        "There is a cell with far more text than a list of people has. Perhaps a quotation mark"
        " is missing somewhere."
    ),
    Code.TOO_MANY_ROWS: gettext_noop("This list has more than %(most)s rows."),
    Code.TOO_MANY_COLUMNS: gettext_noop(
        "This list has more than %(most)s columns. Please keep only those about the people."
    ),
    Code.NO_ROWS: gettext_noop("This list has headings, but there are no people below them."),
    Code.DUPLICATE_HEADING: gettext_noop(
        "Two columns are called “%(heading)s”. Please rename one of them, so that it is clear"
        " which one counts."
    ),
    Code.FILE_GONE: gettext_noop("The file is kept no longer. Please hand it in again."),
    Code.FAILED: gettext_noop(
        "Something went wrong on our side. Nothing was changed; please try again."
    ),
    Code.MISSING: gettext_noop("This is empty, but every person needs it."),
    Code.TOO_LONG: gettext_noop("This is longer than %(most)s characters."),
    Code.BAD_EMAIL: gettext_noop("“%(value)s” is no e-mail address."),
    Code.UNSAFE: gettext_noop(
        "This contains a character that cannot be seen or that changes the writing direction"
        " (%(character)s). Please type it again."
    ),
    Code.FORMULA: gettext_noop("This is a formula. Please paste its value instead."),
    Code.RAGGED: gettext_noop(
        "This row has %(count)s cells, but there are %(expected)s headings. A separator is"
        " missing or too many."
    ),
    Code.UNKNOWN_GRADE: gettext_noop(
        "There is no grade “%(value)s”. Correct it, add it to your grades, or choose that"
        " missing grades are created."
    ),
    Code.UNKNOWN_LANGUAGE: gettext_noop("“%(value)s” is no language that we know."),
    Code.UNKNOWN_ZONE: gettext_noop(
        "“%(value)s” is no time zone that we know. Use a name such as Europe/Berlin."
    ),
    Code.UNKNOWN_STATUS: gettext_noop(
        "“%(value)s” does not tell whether the person is on leave. Use yes or no, and leave"
        " people who are no longer with you off the list."
    ),
    Code.DUPLICATE_NUMBER: gettext_noop("Row %(row)s has the same employee number."),
    Code.DUPLICATE_EMAIL: gettext_noop("Row %(row)s has the same e-mail address."),
    Code.SAME_PERSON: gettext_noop("Row %(row)s is about the same person, %(name)s."),
    Code.NUMBER_CONFLICT: gettext_noop(
        "This address belongs to %(name)s, who has the employee number %(number)s."
    ),
    Code.EMAIL_CONFLICT: gettext_noop("This address belongs to %(name)s already."),
    Code.UNKNOWN_MANAGER: gettext_noop(
        "“%(value)s” is nobody on this list or among your people. Use an employee number or an"
        " e-mail address."
    ),
    Code.OWN_MANAGER: gettext_noop("This names the person as their own manager. Leave it empty."),
    Code.CYCLE: gettext_noop("These people manage each other in a circle: %(chain)s."),
    Code.MANAGER_GONE: gettext_noop("%(name)s is not with you any more, or will not be."),
    Code.STAYS_OUT: gettext_noop(
        "This person was deactivated by hand and stays so. Reactivate them on their page."
    ),
    Code.HAS_LEFT: gettext_noop(
        "This person has left by their own wish. Only an invitation brings them back."
    ),
    Code.KEPT_OWNER: gettext_noop(
        "%(name)s is not on the list, but is an owner. A list never deactivates owners."
    ),
    Code.KEPT_SELF: gettext_noop("You are not on the list. A list never deactivates you."),
    Code.OTHER_SHEETS: gettext_noop(
        "The workbook has several sheets; only the first one, “%(sheet)s”, is read."
    ),
    Code.CHANGED_MEANWHILE: gettext_noop(
        "Your people have changed since you looked. Nothing was changed; please look again."
    ),
}


def sentence(finding: Mapping[str, Any]) -> str:
    """A stored finding in the reader's language."""
    found = from_json(finding)
    return _(SENTENCES[found.code]) % dict(found.params)


def column(finding: Mapping[str, Any]) -> "Text":
    """What the column of a finding is called; the row as a whole when it is in none."""
    name = finding.get("field", "")
    return Field(name).label if name in Field.values else ""
