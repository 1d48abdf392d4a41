"""Setting up programs: one form for each step of the wizard."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from accounts.forms.member_picker import MemberField
from accounts.forms.settings import VersionedForm
from accounts.forms.unfinished import UnfinishedForm
from accounts.terms import Terms
from programs.enums import Cadence, Kind, Side, Template
from programs.forms.fields import LinesField
from programs.words import side_choices

LONGEST_MEETING, SHORTEST_MEETING = 180, 15
OFFERED_LENGTHS = (30, 45, 60, 90, 120)
OFFERED_INTRODUCTIONS = (30, 60)


class StepForm(UnfinishedForm, VersionedForm):
    """One section of a program's settings."""

    def refuse_stale(self, message: str, *, version: str) -> None:
        """As the base does, and lists sent under one name stay lists."""
        self.add_error(None, message)
        self.replace("version", version)

    def replace(self, field: str, value: str) -> None:
        """Show this instead of what was typed."""
        sent: Any = self.data
        data = sent.copy()
        data[self.add_prefix(field)] = value
        self.data = data

    def values(self) -> dict[str, Any]:
        """The fields of the section, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ProgramForm(StepForm):
    """What a program is called, who learns from whom, and what for."""

    name = NameField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Kind.choices, initial=Kind.REVERSE, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What should be different because of it? People read this before they enroll."),
    )

    def clean_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


class NewProgramForm(ProgramForm):
    """The first step, before there is a program."""

    template = forms.ChoiceField(
        choices=Template.choices, required=False, widget=forms.HiddenInput, label=_("Template")
    )

    def clean_template(self) -> Template:
        return Template(self.cleaned_data["template"] or Template.BLANK)


class SponsorForm(StepForm):
    """Who stands for the program, how success is told, and whom to turn to."""

    def __init__(self, *args: Any, people: Any, search_url: str, **options: Any) -> None:
        super().__init__(*args, **options)
        find = {"people": people, "search_url": search_url, "required": False}
        self.fields["sponsor"] = MemberField(
            label=_("Sponsor"),
            help_text=_("A leader who stands for it in public and makes time for it."),
            **find,
        )
        self.fields["outcome_measures"] = LinesField(
            label=_("Outcome measures"),
            help_text=_("How will you know that it helped? Something you can count or ask about."),
            row_label=_("Outcome measure"),
            add_label=_("Add a measure"),
            most=10,
            max_length=200,
            required=False,
        )
        self.fields["concern_contact"] = MemberField(
            label=_("Contact for concerns"),
            help_text=_(
                "People turn here in confidence when something troubles them. Choose somebody"
                " outside of most reporting lines, for example from HR or the works council."
            ),
            **find,
        )


class PairsForm(StepForm):
    """Who may be put together with whom. Without ``has_gap`` seniority plays no part."""

    grade_gap = forms.IntegerField(
        label=_("Seniority gap"),
        min_value=1,
        max_value=20,
        help_text=_("In grades. Seniority is a grade, never an age. Two is a good start."),
    )
    other_department = forms.BooleanField(
        label=_("Different departments only"),
        required=False,
        help_text=_("People speak more freely outside of their own department."),
    )
    prefers_other_location = forms.BooleanField(
        label=_("Prefer different locations"),
        required=False,
        help_text=_("A wish, not a rule: pairs at one location stay possible."),
    )
    common_language = forms.BooleanField(label=_("A common language is needed"), required=False)
    shows_grades = forms.BooleanField(
        label=_("Show grades when people look for each other"),
        required=False,
        help_text=_("Off is kinder: what somebody knows counts before where somebody stands."),
    )
    criteria = forms.CharField(
        label=_("Criteria to take part"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Only if it is meant for certain people. They state that they meet the criteria;"
            " nobody has to say which characteristic it is."
        ),
    )

    def __init__(self, *args: Any, has_gap: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not has_gap:
            del self.fields["grade_gap"]


def _minutes(offered: tuple[int, ...], **options: Any) -> forms.IntegerField:
    """Any length within bounds, with the usual ones offered while typing."""
    return forms.IntegerField(
        min_value=SHORTEST_MEETING,
        max_value=LONGEST_MEETING,
        widget=forms.NumberInput({"list": f"minutes-{'-'.join(map(str, offered))}"}),
        **options,
    )


class RhythmForm(StepForm):
    """How often, how long, and who has to do what by when."""

    cadence = forms.ChoiceField(
        label=_("How often they meet"), choices=Cadence.choices, widget=forms.RadioSelect
    )
    meeting_minutes = _minutes(
        OFFERED_LENGTHS,
        label=_("Length of a meeting, in minutes"),
        help_text=_("15 to 180. From 45 minutes on, conversations tend to go deeper."),
    )
    length_months = forms.IntegerField(
        label=_("Months that a pair works together"), min_value=1, max_value=36
    )
    introduction_minutes = _minutes(
        OFFERED_INTRODUCTIONS,
        label=_("Length of the introductory meeting, in minutes"),
        help_text=_("30 or 60 suits most; any length is possible."),
    )
    introduction_days = forms.IntegerField(
        label=_("Days until the introductory meeting"),
        min_value=1,
        max_value=90,
        help_text=_("Calendar days after both have said yes. Then both are reminded."),
    )
    proposal_days = forms.IntegerField(
        label=_("Working days to answer a proposal"), min_value=1, max_value=30
    )
    proposal_reminder_days = forms.IntegerField(
        label=_("Working days until the reminder"),
        validators=[MinValueValidator(1), MaxValueValidator(29)],
    )
    scheduling_owed_by = forms.ChoiceField(
        label=_("Who owes scheduling"),
        widget=forms.RadioSelect,
        help_text=_(
            "Proposes dates, makes the first contact, and names a new date when one moves."
        ),
    )

    def __init__(self, *args: Any, kind: Kind, terms: Terms, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scheduling_owed_by"].choices = side_choices(kind, terms)  # type: ignore[attr-defined]

    def clean_cadence(self) -> Cadence:
        return Cadence(self.cleaned_data["cadence"])

    def clean_scheduling_owed_by(self) -> Side:
        return Side(self.cleaned_data["scheduling_owed_by"])

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        days, reminder = cleaned.get("proposal_days"), cleaned.get("proposal_reminder_days")
        if days and reminder and reminder >= days:
            self.add_error(
                "proposal_reminder_days",
                ValidationError(_("The reminder has to come before the time to answer is over.")),
            )
        return cleaned


class AgreementForm(StepForm):
    """What both people of a pair confirm before they begin."""

    agreement = forms.CharField(
        label=_("Agreement, with the limits of confidentiality"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea({"rows": 22}),
        help_text=_(
            "Both confirm it before anybody writes a note. An empty line starts a paragraph."
        ),
    )

    def clean_agreement(self) -> str:
        return "\n".join(str(self.cleaned_data["agreement"]).splitlines())


class ReachForm(forms.Form):
    """The programs that a narrowed program admin is responsible for."""

    def __init__(self, *args: Any, programs: QuerySet[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["programs"] = forms.ModelMultipleChoiceField(
            programs,
            label=_("Responsible for"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
