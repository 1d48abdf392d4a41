"""Choosing people among thousands: by typing, and without JavaScript by a button."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.unfinished import pressed, texts_in
from accounts.models import Member
from accounts.models.member import MemberQuerySet
from accounts.queries.finding import LONGEST, chosen_people, find_people

NOT_HERE = _("This person is not with the organization any more. Please choose another.")


@dataclass(frozen=True, slots=True)
class Picked:
    """What a picker was sent: the ids chosen, the words typed, and whether to search now."""

    ids: tuple[str, ...] = ()
    text: str = ""
    is_search: bool = False

    @classmethod
    def of(cls, people: Iterable[UUID]) -> Self:
        """What a picker starts from when these are chosen."""
        return cls(tuple(str(each) for each in people))


class MemberPicker(forms.Widget):
    """A search box with the people it finds. Needs an `UnfinishedForm` around it."""

    template_name = "components/member_picker.html"
    use_fieldset = True

    def __init__(self, *, people: MemberQuerySet, search_url: str, many: bool) -> None:
        super().__init__()
        self.people = people
        self.search_url = search_url
        self.many = many

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Picked:
        text = str(data.get(f"{name}_q", ""))[:LONGEST]
        return Picked(chosen_in(data, name), text, is_search=pressed(data, name) is not None)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_q" if id_ else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        picked = value if isinstance(value, Picked) else _picked(value)
        found = find_people(self.people, text=picked.text, chosen=picked.ids)
        context["picker"] = {
            "name": name,
            "id": (attrs or {}).get("id", f"id_{name}"),
            "text": picked.text,
            "is_search": picked.is_search,
            "invalid": "aria-invalid" in (attrs or {}),
            "found": found,
            "kept": " ".join(picked.ids) if self.many else "",
            "many": self.many,
            "required": self.is_required,
            "search_url": self.search_url,
        }
        return context


def chosen_in(data: Any, name: str) -> tuple[str, ...]:
    """The ids that a picker was sent.

    One of many shows only some of the people chosen. It sends all of them in one field, then
    those that were to be seen, and of these the ones that are ticked.
    """
    ticked = [each for each in texts_in(data, name) if each]
    seen = set(texts_in(data, f"{name}_seen"))
    kept = [each for each in str(data.get(f"{name}_kept", "")).split() if each not in seen]
    return tuple(dict.fromkeys([*kept, *ticked]))


class MemberField(forms.Field):
    """One of ``people`` who is with the organization, or None."""

    def __init__(self, *, people: MemberQuerySet, search_url: str, **options: Any) -> None:
        self.people = people
        widget = MemberPicker(people=people, search_url=search_url, many=False)
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> Member | None:
        people = _chosen(self.people, value)
        if any(each.deactivated_at for each in people):
            raise ValidationError(NOT_HERE)
        if not people and self.required:
            raise ValidationError(_("Please choose somebody."))
        return people[0] if people else None


class MembersField(forms.Field):
    """Any number of ``people``. Who was chosen and has left since stays chosen."""

    def __init__(self, *, people: MemberQuerySet, search_url: str, **options: Any) -> None:
        self.people = people
        widget = MemberPicker(people=people, search_url=search_url, many=True)
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> list[Member]:
        people = _chosen(self.people, value)
        if not people and self.required:
            raise ValidationError(_("Please choose somebody."))
        return people


def _chosen(people: MemberQuerySet, picked: Picked) -> list[Member]:
    found = chosen_people(people, picked.ids) if picked.ids else []
    if len(found) < len(set(picked.ids)):
        raise ValidationError(NOT_HERE)
    if picked.text.strip() and not found:
        raise ValidationError(_("Choose one of the people found, or empty the search box."))
    return found


def _picked(initial: Any) -> Picked:
    """The value before anything was sent: a member, several, or nobody."""
    people: Iterable[Any] = [initial] if isinstance(initial, Member) else initial or []
    return Picked.of(each.pk for each in people)
