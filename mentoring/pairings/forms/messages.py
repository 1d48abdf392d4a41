"""Messages, and concerns."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mentoring.pairings.enums import ConcernKind
from mentoring.pairings.forms.fields import WrittenField


class MessageForm(forms.Form):
    """One message; ``nonce`` makes sending it twice harmless."""

    text = WrittenField(error_messages={"required": _("Write a word or two first.")})
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, name: str, draft: str, **options: Any) -> None:
        super().__init__(data, auto_id="message_%s", **options)
        self.fields["text"].label = gettext("Write to %(name)s") % {"name": name}
        self.fields["text"].widget.attrs["data-draft"] = draft


class ConcernForm(forms.Form):
    """What troubles somebody, and whether the message that it is about may be read."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=ConcernKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes closest.")},
    )
    text = WrittenField(
        label=_("In your own words"),
        required=False,
        rows=5,
        help_text=_("As much or as little as you like. You can also say it in a conversation."),
    )
    attaches = forms.BooleanField(label=_("Attach this message"), required=False)
    nonce = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, has_message: bool, **options: Any) -> None:
        super().__init__(data, **options)
        if not has_message:
            del self.fields["attaches"]


class LookedForm(forms.Form):
    """An own note on a concern."""

    note = WrittenField(label=_("Note for yourself"), required=False)
