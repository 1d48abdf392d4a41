"""Planning a peer circle."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from mentoring.lib.moments import MomentField


class CircleForm(forms.Form):
    """When and where the mentors meet. Times are the reader's own."""

    title = NameField(label=_("Title"), max_length=150)
    starts_at = MomentField(label=_("Starts"))
    minutes = forms.IntegerField(
        label=_("Length in minutes"), min_value=15, max_value=480, initial=60
    )
    place = forms.CharField(
        label=_("Place or link"),
        required=False,
        max_length=300,
        help_text=_("A room, or the address of a video call."),
    )

    def __init__(self, data: Any = None, *, now: datetime, **options: Any) -> None:
        super().__init__(data, **options)
        ahead = MinValueValidator(now, _("Choose a time that is still ahead."))
        if self.initial.get("starts_at") is None or self.initial["starts_at"] > now:
            self.fields["starts_at"].validators.append(ahead)


class AttendanceForm(forms.Form):
    """Who came."""

    def __init__(self, data: Any = None, *, mentors: QuerySet[Any], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["came"] = _Mentors(
            mentors, label=_("Who came"), required=False, widget=forms.CheckboxSelectMultiple
        )


class _Mentors(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.member)
