"""What admins enter about people of a cohort."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class PreparedForm(forms.Form):
    """Which preparation was done, and when."""

    def __init__(
        self, data: Any = None, *, items: QuerySet[Any], today: date, **options: Any
    ) -> None:
        super().__init__(data, initial={"day": today}, **options)
        self.fields["item"] = forms.ModelChoiceField(
            items, label=_("Preparation"), empty_label=None, widget=forms.RadioSelect
        )
        self.fields["day"] = forms.DateField(
            label=_("Done on"),
            validators=[MaxValueValidator(today, _("Choose today or a day before."))],
            widget=forms.DateInput({"type": "date", "max": today.isoformat()}, format="%Y-%m-%d"),
        )
