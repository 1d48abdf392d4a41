"""When people are written to, and the organization's days off."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from accounts.forms.settings import VersionedForm
from accounts.holiday_lists import FIRST_YEAR, LAST_YEAR, LENGTH, Fault, Line, read_holidays
from accounts.public_holidays import country_choices, region_choices
from accounts.roster.csvs import encoding_of
from accounts.roster.findings import Unreadable
from accounts.weekdays import weekday_choices
from mentoring.lib.moments import day_input, hour_input

MOST = 1_000
SHOWN = 20
BYTES = 200_000
TEXT = 200_000
YEARS_AHEAD = 10
WRONG = {
    Fault.NO_DATE: _("This does not begin with a date such as 2027-12-25 or 25.12.2027."),
    Fault.NO_SUCH_DAY: _("There is no such day in the calendar."),
    Fault.YEAR: _("This year is too far away."),
    Fault.NO_NAME: _("The name behind the date is missing."),
    Fault.LONG_NAME: _("The name has more than 200 characters."),
    Fault.UNSAFE: _("The name contains a character that cannot be seen."),
    Fault.TWICE: _("This day is on the list twice."),
}


class SendingForm(VersionedForm):
    """The hour and the days of reminders."""

    field_order = ("reminder_hour", "working_days", "sends_on_free_days", "version")

    reminder_hour = forms.TimeField(
        label=_("Hour of reminders"),
        widget=hour_input(),
        help_text=_("At each reader’s own place, also when clocks are changed there."),
    )
    working_days = forms.TypedMultipleChoiceField(
        label=_("Working days"),
        choices=weekday_choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Deadlines count these days, without your holidays."),
        error_messages={"required": _("Please choose at least one day.")},
    )
    sends_on_free_days = forms.BooleanField(
        label=_("Send reminders on free days, too"),
        required=False,
        help_text=_("Otherwise a reminder that falls on one comes on the next working day."),
    )


class HolidayForm(forms.Form):
    """One day off."""

    day = forms.DateField(
        label=_("Date"),
        widget=day_input(),
        validators=[
            MinValueValidator(date(FIRST_YEAR, 1, 1), _("This year is too far away.")),
            MaxValueValidator(date(LAST_YEAR, 12, 31), _("This year is too far away.")),
        ],
    )
    name = NameField(label=_("Name"), max_length=LENGTH)


class HolidayListForm(forms.Form):
    """Many days off: typed, pasted, or in a file."""

    text = forms.CharField(
        label=_("Days, one a line"),
        required=False,
        max_length=TEXT,
        strip=False,
        widget=forms.Textarea(
            {"rows": 10, "spellcheck": "false", "placeholder": "2027-12-24 Christmas Eve"}
        ),
        help_text=_("The date first, such as 2027-12-25 or 25.12.2027, then the name."),
    )
    file = forms.FileField(
        label=_("Or a text file"),
        required=False,
        help_text=_("CSV or plain text, with the same two columns."),
        widget=forms.FileInput({"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def clean_file(self) -> str:
        upload: UploadedFile[Any] | None = self.cleaned_data["file"]
        if not upload:
            return ""
        if (upload.size or 0) > BYTES:
            raise ValidationError(_("This file is too large. A year of holidays is a short list."))
        try:
            encoding = encoding_of(upload)
            upload.seek(0)
            text: str = upload.read().decode(encoding)
        except (Unreadable, UnicodeDecodeError) as error:
            raise ValidationError(_("This is not a text file.")) from error
        if "\x00" in text:
            raise ValidationError(_("This is not a text file."))
        return text

    def clean(self) -> dict[str, Any]:
        """The days by date, or every line that is wrong with its number."""
        if self.errors:
            return self.cleaned_data
        text, file = self.cleaned_data["text"], self.cleaned_data["file"]
        if text.strip() and file:
            raise ValidationError(_("Please give either lines or a file, not both."))
        lines = read_holidays(file or text)
        if not lines:
            self.add_error("text", _("Please enter at least one day."))
        if len(lines) > MOST:
            self.add_error("text", _("Please add at most 1,000 days at once."))
        elif wrong := [line for line in lines if line.fault]:
            self.add_error("file" if file else "text", _errors(wrong))
        return {"days": {line.day: line.name for line in lines if line.day}}


def _errors(wrong: list[Line]) -> list[ValidationError]:
    told = [
        ValidationError(
            _("Line %(number)s: %(what)s “%(text)s”"),
            params={
                "number": line.number,
                "what": WRONG[line.fault] if line.fault else "",
                "text": line.text[:60],
            },
        )
        for line in wrong[:SHOWN]
    ]
    if len(wrong) > SHOWN:
        more = {"count": len(wrong) - SHOWN}
        told.append(ValidationError(_("Further lines with a problem: %(count)s."), params=more))
    return told


class PublicHolidaysForm(forms.Form):
    """Where and when: the page shows the days before anything is added."""

    country = forms.ChoiceField(label=_("Country"))
    region = forms.ChoiceField(label=_("Region"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, data: Any = None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        countries = country_choices(get_language() or "")
        regions = region_choices(str((data or {}).get("country", "")))
        self._choose("country", [("", _("Please choose")), *countries])
        self._choose("region", [("", _("The whole country")), *regions])
        years = range(today.year - 1, today.year + YEARS_AHEAD + 1)
        self._choose("year", [(year, str(year)) for year in years])
        if not regions:
            del self.fields["region"]
        elif str(self.data.get("region", "")) not in dict(regions):
            # The region of another country, which was chosen before.
            self.data = {**dict(self.data.items()), "region": ""}

    def clean(self) -> dict[str, Any]:
        return {"region": "", **self.cleaned_data}

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
