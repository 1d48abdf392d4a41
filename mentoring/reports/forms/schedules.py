"""An export that comes every month, and for whom."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from mentoring.reports.forms.exports import OrderForm


class ScheduleForm(OrderForm):
    """The day is each month's last one."""

    recipients = forms.MultipleChoiceField(
        label=_("For whom"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Each gets a mail and a file of their own, with what they may see themselves."
            " Only people who may export can be chosen."
        ),
        error_messages={"required": _("Please choose who is to get it.")},
    )

    def __init__(self, *args: Any, people: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(each.pk): each for each in people}
        self._choices("recipients", [(key, str(each)) for key, each in self.people.items()])

    @property
    def members(self) -> list[Member]:
        """Whom somebody has chosen, once it is valid."""
        return [self.people[key] for key in self.cleaned_data["recipients"]]
