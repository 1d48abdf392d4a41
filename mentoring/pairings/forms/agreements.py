"""The four points of an agreement, and what each of the two says when confirming."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.lib.moments import day_input, only_ahead
from mentoring.pairings.forms.fields import WrittenField
from mentoring.pairings.queries.agreements import POINTS, Rhythm, Terms
from mentoring.profiles.enums import OTHER_SIDE
from programs.enums import Cadence, Side
from programs.proposals import months_later

LONGEST_WORDS = 1000
LEAST_MINUTES, MOST_MINUTES = 15, 240
MOST_MONTHS = 36


class TicksForm(forms.Form):
    """What each of the two says when confirming."""

    understood = forms.BooleanField(
        label=gettext_lazy("We understand each other’s aims"),
        error_messages={
            "required": gettext_lazy(
                "Please tick this once you have talked about it; one more question may be enough."
            )
        },
    )
    read = forms.BooleanField(
        label=gettext_lazy("We have read what stays between us, and where that ends"),
        error_messages={
            "required": gettext_lazy("Please read the text above, and tick this then.")
        },
    )


class AgreementForm(TicksForm):
    """The four points of the first meeting, with advice for each."""

    cadence = forms.ChoiceField(
        label=gettext_lazy("How often you meet"),
        choices=Cadence.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Once or twice a month is usual. Once a quarter is possible."),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How long each time, in minutes"),
        min_value=LEAST_MINUTES,
        max_value=MOST_MINUTES,
        widget=forms.NumberInput({"list": "minutes-30-45-60-90-120"}),
        help_text=gettext_lazy("30 minutes to 2 hours are usual; 45 are a good start."),
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Until when"),
        widget=day_input(),
        help_text=gettext_lazy("Half a year is common. You can change this later, both of you."),
    )
    offers = WrittenField(longest=LONGEST_WORDS, rows=4)
    seeks = WrittenField(longest=LONGEST_WORDS, rows=4)

    field_order = (*POINTS, "understood", "read")

    def __init__(
        self, *args: Any, names: dict[Side, str], side: Side, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        last, too_far = months_later(today, MOST_MONTHS), _("Choose a day within three years.")
        only_ahead(self.fields["ends_on"], today, last, too_far=too_far)
        for name, words in _words(names, side).items():
            self.fields[name].label, self.fields[name].help_text, empty = words
            self.fields[name].error_messages["required"] = empty

    @property
    def terms(self) -> Terms:
        """What was proposed; of a valid form."""
        points = {name: self.cleaned_data[name] for name in POINTS}
        return Terms(**{**points, "cadence": Cadence(points["cadence"])})


def _words(names: dict[Side, str], side: Side) -> dict[str, tuple[str, str, str]]:
    """Label, advice and what is said when it is empty, for the two points in own words."""
    mentor, mentee = {"name": names[Side.MENTOR]}, {"name": names[Side.MENTEE]}
    # A help text is shown as markup.
    said = _("As %(name)s said it when you met; you both read it before it counts.")
    said %= {"name": escape(names[OTHER_SIDE[side]])}
    if side == Side.MENTOR:
        return {
            "offers": (
                _("What you can offer"),
                _("Begin with your topics. What you see every day counts."),
                _("One sentence about what you can offer is enough."),
            ),
            "seeks": (
                _("What %(name)s is looking for") % mentee,
                said,
                _("One sentence about what %(name)s is looking for is enough.") % mentee,
            ),
        }
    return {
        "offers": (
            _("What %(name)s can offer") % mentor,
            said,
            _("One sentence about what %(name)s can offer is enough.") % mentor,
        ),
        "seeks": (
            _("What you are looking for"),
            _("Your aims, in your own words. One honest sentence is worth more than a list."),
            _("One sentence about what you are looking for is enough."),
        ),
    }


def first_answers(
    rhythm: Rhythm, terms: Terms | None, topics: Iterable[Any], *, today: date, months: int
) -> dict[str, Any]:
    """What the form shows at first: these terms, else the program's rhythm and the topics."""
    usual = terms or rhythm
    ends_on = usual.ends_on
    return {
        "cadence": usual.cadence,
        "minutes": usual.minutes,
        "ends_on": ends_on if ends_on and ends_on > today else months_later(today, months),
        "offers": terms.offers if terms else ", ".join(str(each) for each in topics),
        "seeks": terms.seeks if terms else "",
    }
