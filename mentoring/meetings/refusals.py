"""Why something about a meeting was not possible, in the reader's words and beside the field."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.forms import Form
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mentoring.meetings.models import Meeting
from mentoring.meetings.operations import logs, planning

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

STALE = gettext_lazy(
    "Somebody has changed the meeting since you opened this page. Nothing was overwritten; look"
    " at it once more and send again if it is still right."
)
TEXTS: "dict[type[Exception], tuple[str | None, Text]]" = {
    planning.NotLive: (
        None,
        gettext_lazy("This pair has ended, so its meetings stay as they are."),
    ),
    planning.NotPlanned: (
        None,
        gettext_lazy("This is not open any more: somebody has noted it or called it off."),
    ),
    planning.BadTime: (
        "starts_at",
        gettext_lazy("Choose a time that is still ahead, within a year from now."),
    ),
    logs.NotYet: ("starts_at", gettext_lazy("Choose a time that has passed.")),
    logs.TooEarly: ("starts_at", gettext_lazy("At that time the two of you were no pair yet.")),
    logs.OnlyMeeting: (
        None,
        gettext_lazy(
            "It is the only meeting you have noted, and with it the two of you began. If its"
            " date is wrong, put it right instead."
        ),
    ),
}


@contextmanager
def told(form: Form) -> Iterator[None]:
    """Turn a refusal of what happens inside into an error of the form; nothing typed is lost."""
    try:
        yield
    except planning.Changed as refused:
        _see_again(form, refused.meeting)
    except planning.Overlaps as refused:
        _refuse(form, "starts_at", clash_text(refused.meeting))
    except logs.NotedAlready as refused:
        _refuse(form, "starts_at", noted_text(refused.meeting))
    except tuple(TEXTS) as refused:
        _refuse(form, *TEXTS[type(refused)])


def clash_text(meeting: Meeting) -> str:
    """That there is a meeting at that time already."""
    return _("You have a meeting then: %(when)s.") % {"when": _when(meeting)}


def noted_text(meeting: Meeting) -> str:
    """That the meeting is noted already."""
    text = _("A meeting on %(when)s is noted already. You can put it right there.")
    return text % {"when": _when(meeting)}


def _refuse(form: Form, field: str | None, text: "Text") -> None:
    form.add_error(field if field in form.fields else None, str(text))


def _see_again(form: Form, meeting: Meeting) -> None:
    """The form as it was typed, about the meeting as it stands now."""
    form.add_error(None, str(STALE))
    form.data = dict(form.data.items()) | {"seen": str(meeting.sequence)}


def _when(meeting: Meeting) -> str:
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return f"{date_format(starts, 'DATETIME_FORMAT')}–{date_format(ends, 'TIME_FORMAT')}"
