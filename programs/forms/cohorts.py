"""Setting up cohorts."""

from datetime import date
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import NameField
from accounts.zones import place
from programs.enums import CohortState

DAYS = ("enrollment_opens_on", "enrollment_closes_on", "starts_on", "ends_on")
ORDER = {
    "enrollment_closes_on": gettext_lazy("Enrollment cannot close before it opens."),
    "starts_on": gettext_lazy("The pairs cannot start before enrollment closes."),
    "ends_on": gettext_lazy("The pairs have to end after they start."),
}
MOST_PLACES = 100_000


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **options)


class CohortForm(forms.Form):
    """Name, days and places. ``state`` and ``initial`` say what may not change any more."""

    name = NameField(label=gettext_lazy("Name"), max_length=120)
    enrollment_opens_on = DayField(label=gettext_lazy("Enrollment opens"))
    enrollment_closes_on = DayField(
        label=gettext_lazy("Enrollment closes"),
        help_text=gettext_lazy("The last day on which people can enroll."),
    )
    starts_on = DayField(
        label=gettext_lazy("Pairs start"),
        help_text=gettext_lazy("Leave a week or two for matching."),
    )
    ends_on = DayField(label=gettext_lazy("Pairs end"))
    places = forms.IntegerField(
        label=gettext_lazy("Places on each side"),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("Empty: no limit. Whoever comes later is on the waiting list."),
    )
    needs_approval = forms.BooleanField(
        label=gettext_lazy("Approve each person"),
        required=False,
        help_text=gettext_lazy("Otherwise everybody who is eligible is in as long as places last."),
    )
    is_pilot = forms.BooleanField(
        label=gettext_lazy("This is a pilot"),
        required=False,
        help_text=gettext_lazy("A pilot has a number of places, and each person is approved."),
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        zone: str,
        state: CohortState = CohortState.DRAFT,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.state = state
        self.fields["enrollment_opens_on"].help_text = _(
            "Days begin and end in the time zone of the organization (%(zone)s)."
        ) % {"zone": place(zone)}

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        self._in_order(values)
        self._not_over(values)
        if values.get("is_pilot"):
            values["needs_approval"] = True
            if not values.get("places") and "places" not in self.errors:
                self.add_error("places", _("A pilot needs a number of places."))
        if self.state != CohortState.DRAFT:
            for name in DAYS:
                if values.get(name) is None and name not in self.errors:
                    self.add_error(name, _("People rely on this day: change it, but keep one."))
        return values

    def _in_order(self, values: dict[str, Any]) -> None:
        """Each day is compared with the last one before it that is given."""
        given = [(name, day) for name in DAYS if (day := values.get(name))]
        for (_before, earlier), (after, later) in pairwise(given):
            if later < earlier or (after == "ends_on" and later == earlier):
                self.add_error(after, str(ORDER[after]))

    def _not_over(self, values: dict[str, Any]) -> None:
        """A day that has passed may stay, but nobody can be given one anew."""
        for name in ("enrollment_closes_on", "ends_on"):
            day = values.get(name)
            if day and day < self.today and day != self.initial.get(name):
                self.add_error(name, _("This day is over."))
