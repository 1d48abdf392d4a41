"""Choosing topics, bringing them into an order and saying a line about each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST = 7
NOTE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One topic as the page shows it."""

    topic: Any
    is_picked: bool
    rank: BoundField
    note: BoundField


class TopicsForm(forms.Form):
    """Topics by family. ``is_draft`` lets somebody go away without any.

    ``families`` come with ``topics.all``; ``chosen`` are the person's choices in order. A
    chosen topic that is no longer offered stays in a group of its own.
    """

    def __init__(
        self,
        *args: Any,
        families: Sequence[Any],
        chosen: Sequence[Any] = (),
        is_draft: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.groups_of_topics = [(str(each), list(each.topics.all())) for each in families]
        offered = {topic.pk for _name, topics in self.groups_of_topics for topic in topics}
        if kept := [each.topic for each in chosen if each.topic_id not in offered]:
            self.groups_of_topics.append((_("No longer offered to others"), kept))
        self.topics = {topic.pk: topic for _name, group in self.groups_of_topics for topic in group}
        self.fields["pick"] = forms.TypedMultipleChoiceField(
            label=gettext_lazy("Topics"),
            choices=[(str(key), str(topic)) for key, topic in self.topics.items()],
            coerce=UUID,
            required=not is_draft,
            initial=[str(each.topic_id) for each in chosen],
            error_messages={"required": gettext_lazy("Choose at least one topic.")},
            widget=forms.CheckboxSelectMultiple,
        )
        self.chosen = {each.topic_id: each for each in chosen}
        for topic in self.topics.values():
            self._add_details(topic)

    def _add_details(self, topic: Any) -> None:
        before = self.chosen.get(topic.pk)
        rank = forms.TypedChoiceField(
            label=gettext_lazy("Order"),
            choices=_ranks,
            coerce=int,
            empty_value=None,
            required=False,
            initial=before.rank if before else "",
        )
        note = forms.CharField(
            label=gettext_lazy("In your own words"),
            required=False,
            max_length=NOTE_LENGTH,
            initial=before.note if before else "",
        )
        self.fields |= {f"rank_{topic.pk}": rank, f"note_{topic.pk}": note}

    def clean_pick(self) -> list[UUID]:
        picked: list[UUID] = self.cleaned_data["pick"]
        if len(picked) > MOST:
            raise forms.ValidationError(
                _("Choose at most %(most)s topics: those that matter most to you."),
                params={"most": MOST},
            )
        return picked

    def clean(self) -> dict[str, Any]:
        """The picks in the chosen order; equal places keep the order of the page."""
        data = super().clean() or self.cleaned_data
        picked = set(data.get("pick", []))
        order = [key for key in self.topics if key in picked]
        order.sort(key=lambda key: data.get(f"rank_{key}") or MOST + 1)
        data["picks"] = [(key, data.get(f"note_{key}", "")) for key in order]
        return data

    def groups(self) -> Iterator[tuple[str, Iterable[Row]]]:
        """The families with their topics, ready to show."""
        picked = {str(each) for each in self["pick"].value() or []}
        for name, topics in self.groups_of_topics:
            yield (
                name,
                [
                    Row(
                        topic=topic,
                        is_picked=str(topic.pk) in picked,
                        rank=self[f"rank_{topic.pk}"],
                        note=self[f"note_{topic.pk}"],
                    )
                    for topic in topics
                ],
            )


def _ranks() -> list[tuple[Any, str]]:
    first = (1, _("1 – matters most"))
    return [("", "–"), first, *((number, str(number)) for number in range(2, MOST + 1))]
