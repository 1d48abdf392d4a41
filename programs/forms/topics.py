"""Naming, describing and translating topics."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import NameField
from accounts.zones import language_choices

NAME, DESCRIPTION = 80, 300


class WordsForm(forms.Form):
    """A name in the organization's language, and as far as wanted in the product's others."""

    translated: tuple[str, ...] = ("name",)

    name = NameField(label=_("Name"), max_length=NAME)

    def __init__(self, *args: Any, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.others = [each for each in language_choices() if each[0] != language]

    def add_translations(self) -> None:
        """The same fields once more for each other language; call it behind the own ones."""
        labels = {
            "name": _("Name in %(language)s"),
            "description": _("Description in %(language)s"),
        }
        lengths = {"name": NAME, "description": DESCRIPTION}
        for code, _language in self.others:
            for field in self.translated:
                self.fields[f"{field}_{code}"] = NameField(
                    label=labels[field] % {"language": get_language_info(code)["name_translated"]},
                    max_length=lengths[field],
                    required=False,
                )

    def clean(self) -> dict[str, Any]:
        """The translations in one value, as they are stored."""
        found: dict[str, dict[str, str]] = {}
        values = dict(self.cleaned_data)
        for code, _language in self.others:
            words = {field: values.pop(f"{field}_{code}", "") for field in self.translated}
            if any(words.values()):
                found[code] = {field: word for field, word in words.items() if word}
        return {**values, "translations": found}


class FamilyForm(WordsForm):
    """A heading over topics."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.add_translations()


class TopicForm(WordsForm):
    """Something to know or to learn, in one or two sentences."""

    translated = ("name", "description")

    description = NameField(
        label=_("Description"),
        max_length=DESCRIPTION,
        required=False,
        help_text=_("What could a conversation about it be about? One sentence is enough."),
    )

    def __init__(self, *args: Any, families: QuerySet[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["family"] = forms.ModelChoiceField(
            families, label=_("Family"), empty_label=None
        )
        self.add_translations()


class TopicChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Topics with their families in front, because lists are long."""

    def label_from_instance(self, obj: Any) -> str:
        return _now("%(family)s: %(topic)s") % {"family": obj.family, "topic": obj}


class TargetForm(forms.Form):
    """The topic that another goes into."""

    def __init__(self, *args: Any, targets: QuerySet[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["target"] = TopicChoiceField(
            targets, label=_("Goes into"), empty_label=_("Please choose")
        )


def initial_words(row: Any, fields: Sequence[str]) -> dict[str, Any]:
    """What a form shows of a family or a topic."""
    own = {field: getattr(row, field) for field in fields}
    others = {
        f"{field}_{code}": words.get(field, "")
        for code, words in row.translations.items()
        for field in fields
    }
    return own | others
