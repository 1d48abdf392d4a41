"""How a person wants to hear of things."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.lib.moments import day_input, hour_input, only_ahead
from mentoring.notices.enums import Frequency, Way

LONGEST_PAUSE = timedelta(days=366)
DELIVERY = ("quiet_from", "quiet_to", "spares_free_days", "digest", "paused_until")


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=hour_input())


class SettingsForm(forms.Form):
    """What is switched on among the kinds that were shown, and when mail may come."""

    digest = forms.ChoiceField(
        label=_("How mails come"), choices=Frequency.choices, widget=forms.RadioSelect
    )
    quiet_from = _time(_("Quiet from"))
    quiet_to = _time(_("Quiet until"))
    spares_free_days = forms.BooleanField(label=_("Not on days off"), required=False)
    paused_until = forms.DateField(
        label=_("No mails until"),
        required=False,
        widget=day_input(),
        help_text=_("On that day mails go out again. Leave it empty to get them now."),
    )

    def __init__(
        self, data: Any = None, *, kinds: Iterable[str], today: date, initial: Any
    ) -> None:
        super().__init__(data, initial=initial)
        self.kinds = list(kinds)
        for way in Way:
            self.fields[way] = forms.MultipleChoiceField(
                choices=[(kind, kind) for kind in self.kinds], required=False
            )
        too_far = _("Choose a day within a year.")
        only_ahead(self.fields["paused_until"], today, today + LONGEST_PAUSE, too_far=too_far)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_to")
        if not self.errors.keys() & {"quiet_from", "quiet_to"}:
            if bool(start is None) != bool(end is None):
                missing = "quiet_to" if end is None else "quiet_from"
                self.add_error(missing, _("Give both times, or leave both empty."))
            elif start is not None and start == end:
                self.add_error("quiet_to", _("Choose another time than the one before."))
        return cleaned

    def is_on(self, kind: str, way: Way) -> bool:
        """Whether the switch is on, as it was saved or as it was just chosen."""
        return kind in (self[way].value() or [])

    @property
    def turned_off(self) -> list[tuple[str, Way]]:
        return [
            (kind, way) for way in Way for kind in self.kinds if kind not in self.cleaned_data[way]
        ]

    @property
    def delivery(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DELIVERY}
