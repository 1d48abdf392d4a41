"""The pages of the enrollment."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.profiles.enums import Finding, Slot
from mentoring.profiles.languages import languages_to_choose
from mentoring.profiles.ratings import SCORES, Statement
from programs.enums import MeetingForm

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

LONG, SHORT = 2000, 600
MOST_PARTNERS = 3


def _text(label: "Text", *, length: int = LONG, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=length,
        widget=forms.Textarea({"rows": rows}),
        **options,
    )


class WordsForm(forms.Form):
    """A few words about oneself."""

    about = _text(
        gettext_lazy("A few words about you"),
        length=SHORT,
        help_text=gettext_lazy(
            "What do you do, and what do you enjoy about it? Two sentences are plenty."
        ),
    )


class AimsForm(forms.Form):
    """What a mentee wants and finds hard."""

    aims = _text(
        gettext_lazy("What would you like to understand or do better?"),
        help_text=gettext_lazy("One honest sentence is worth more than a list."),
    )
    challenges = _text(
        gettext_lazy("What do you find hard at the moment?"),
        help_text=gettext_lazy("You can leave this empty and come back to it."),
    )


class WhenForm(forms.Form):
    """Languages, half days and the form of meeting: the same on both sides and in the profile."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        also = self.initial.get("languages") or []
        self.fields["languages"] = forms.MultipleChoiceField(
            label=gettext_lazy("Languages in which you can talk well"),
            choices=languages_to_choose(also),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["availability"] = forms.MultipleChoiceField(
            label=gettext_lazy("Half days that usually suit you"),
            choices=Slot.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["meeting_form"] = forms.ChoiceField(
            label=gettext_lazy("How you like to meet"),
            choices=MeetingForm.choices,
            initial=MeetingForm.ANY,
            widget=forms.RadioSelect,
        )


class MentorWhenForm(WhenForm):
    """Also how many partners, and who takes the first step."""

    def __init__(self, *args: Any, mentees: str, **options: Any) -> None:
        super().__init__(*args, **options)
        label = _("How many %(mentees)s at the same time") % {"mentees": mentees}
        self.fields["capacity"] = forms.TypedChoiceField(
            label=label,
            choices=[(number, str(number)) for number in range(1, MOST_PARTNERS + 1)],
            coerce=int,
            initial=1,
            help_text=_("One is a good start. You can change it later."),
        )
        self.fields["finding"] = forms.ChoiceField(
            label=_("How you would like to find each other"),
            choices=Finding.choices,
            initial=Finding.WAIT,
            widget=forms.RadioSelect,
        )


class MenteeWhenForm(WhenForm):
    """Also whether one may be found."""

    def __init__(self, *args: Any, mentors: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["is_findable"] = forms.BooleanField(
            label=_("%(mentors)s of this round may find me") % {"mentors": mentors},
            required=False,
            help_text=_(
                "They see your name, your job, your topics and your few words, and may offer to"
                " work with you. Without it you are in nobody's list; the matching still looks"
                " for you."
            ),
        )


class StartForm(forms.Form):
    """Where somebody stands at the start, and what the program asks for besides."""

    def __init__(
        self,
        *args: Any,
        statements: Sequence[Statement],
        has_criteria: bool,
        is_draft: bool = False,
        answers: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        said = (answers or {}).get("ratings", {})
        self.statements = statements
        for each in statements:
            self.fields[f"rate_{each.key}"] = forms.TypedChoiceField(
                label=each.text,
                choices=[(score, str(score)) for score in SCORES],
                coerce=int,
                empty_value=None,
                required=not is_draft,
                initial=said.get(each.key),
                widget=forms.RadioSelect,
            )
        if has_criteria:
            self._add_criteria((answers or {}).get("criteria"))

    def _add_criteria(self, said: Any) -> None:
        self.fields["meets"] = forms.BooleanField(
            label=_("I meet the criteria"), required=False, initial=said and said.meets
        )
        self.fields["characteristic"] = forms.CharField(
            label=_("Which of them, if you like to say it"),
            required=False,
            max_length=200,
            initial=said and said.characteristic,
            help_text=_("Stored encrypted. Nobody needs to know, and nobody will ask."),
        )
        self.fields["may_be_used_in_matching"] = forms.BooleanField(
            label=_("This may be used when partners are proposed to me"),
            required=False,
            initial=said and said.may_be_used_in_matching,
        )

    def ratings(self) -> list[BoundField]:
        return [self[f"rate_{each.key}"] for each in self.statements]

    def clean(self) -> dict[str, Any]:
        """The scores by the keys of their statements."""
        data = super().clean() or self.cleaned_data
        scores = {each.key: data.get(f"rate_{each.key}") for each in self.statements}
        data["ratings"] = {key: score for key, score in scores.items() if score}
        return data


class SendForm(forms.Form):
    """What somebody agrees to when the enrollment is sent."""

    def __init__(
        self,
        *args: Any,
        pledge: str,
        items: Iterable[Any],
        is_draft: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.items = list(items)
        self.fields["done"] = forms.MultipleChoiceField(
            label=_("Preparation that I have done"),
            choices=[(str(each.item.pk), each.item.title) for each in self.items],
            required=False,
            initial=[str(each.item.pk) for each in self.items if each.done_at],
            widget=forms.CheckboxSelectMultiple,
        )
        if pledge:
            self.fields["pledged"] = forms.BooleanField(
                label=pledge,
                required=not is_draft,
                error_messages={"required": _("Please confirm the pledge. It makes it work.")},
            )
        self.fields["consented"] = forms.BooleanField(
            label=_(
                "I know who can see what, I have read the agreement with the limits of"
                " confidentiality, and I want to take part"
            ),
            required=not is_draft,
            error_messages={"required": _("Please read and confirm this.")},
        )

    def ticked(self) -> set[str]:
        """The preparation items shown as done."""
        return {str(each) for each in self["done"].value() or []}
