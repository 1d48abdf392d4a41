"""Handing in a list of people, and saying what its columns mean."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.enums import ImportMode
from accounts.roster.fields import Field, missing
from accounts.roster.sheets import FILE_BYTES

MEGABYTES = FILE_BYTES // (1024 * 1024)
CREATES_GRADES = _("Create missing grades")
CREATES_GRADES_HELP = _(
    "They are added above your other grades in the order in which they appear. Put them in"
    " order before you start a program: the order says who is senior."
)


class UploadForm(forms.Form):
    """A file, and whether it names everybody."""

    file = forms.FileField(
        label=_("List of people"),
        help_text=_("CSV or Excel workbook (.xlsx), at most 25 MB and 100,000 rows."),
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.xlsx,text/csv"}),
        error_messages={
            "required": _("Please choose a file."),
            "empty": _("This file is empty."),
        },
    )
    mode = forms.ChoiceField(
        label=_("What the list is"),
        choices=ImportMode.choices,
        initial=ImportMode.CHANGES,
        widget=forms.RadioSelect,
    )

    def clean_file(self) -> "UploadedFile[Any]":
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > FILE_BYTES:
            raise ValidationError(
                _("This file is larger than %(most)s MB. Please hand in a part."),
                params={"most": MEGABYTES},
            )
        return upload

    def clean_mode(self) -> ImportMode:
        return ImportMode(self.cleaned_data["mode"])


class ColumnsForm(forms.Form):
    """What each column means. No fact may come from two columns."""

    def __init__(
        self, *args: Any, headings: Sequence[str], samples: Sequence[Sequence[str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.headings, self.samples = headings, samples
        for column, heading in enumerate(headings):
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=heading or _("Column %(number)d") % {"number": column + 1},
                choices=[("", _("Do not use")), *Field.choices],
                required=False,
            )
        self.fields["mode"] = forms.ChoiceField(
            label=_("What the list is"), choices=ImportMode.choices, widget=forms.RadioSelect
        )
        self.fields["creates_grades"] = forms.BooleanField(
            label=CREATES_GRADES, help_text=CREATES_GRADES_HELP, required=False
        )

    def columns(self) -> Iterator[tuple[forms.BoundField, list[str]]]:
        """Each column's choice with the first cells below its heading."""
        for column in range(len(self.headings)):
            cells = [cells[column] for cells in self.samples if column < len(cells)]
            yield self[f"column_{column}"], [cell for cell in cells if cell]

    def clean(self) -> dict[str, Any]:
        chosen = {
            column: self.cleaned_data.get(f"column_{column}", "")
            for column in range(len(self.headings))
        }
        self._refuse_twice(chosen)
        for field in missing({name for name in chosen.values() if name}):
            self.add_error(
                None,
                ValidationError(
                    _("No column gives the following, which every person needs: %(field)s."),
                    params={"field": field.label},
                ),
            )
        return {
            "mapping": chosen,
            "mode": ImportMode(self.cleaned_data.get("mode") or ImportMode.CHANGES),
            "creates_grades": self.cleaned_data.get("creates_grades", False),
        }

    def _refuse_twice(self, chosen: dict[int, str]) -> None:
        seen: set[str] = set()
        for column, name in chosen.items():
            if name and name in seen:
                self.add_error(f"column_{column}", _("Another column gives this already."))
            seen.add(name)
