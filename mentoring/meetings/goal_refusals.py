"""Why something about a goal or a commitment was not possible, in the reader's words."""

from typing import TYPE_CHECKING

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from mentoring.meetings.operations import commitments, goals, planning

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Text

STALE = (goals.Changed, commitments.Changed)
TEXTS: "dict[type[Exception], Text]" = {
    planning.NotLive: _("This pair has ended, so this stays as it is."),
    goals.Changed: _(
        "Somebody has changed this goal since you opened the page. Nothing was overwritten; look"
        " at it once more."
    ),
    goals.TooMany: _(
        "You have many open goals. Finish or let go of one first; a few get more done."
    ),
    commitments.Changed: _(
        "The wording has changed since you opened the page. Nothing was overwritten; look at it"
        " once more."
    ),
    commitments.IsPublished: _(
        "The cohort reads these words. Take them back first, then you can change them."
    ),
    commitments.OwnWording: _("You have said yes already. Now it is up to the other of you."),
    commitments.TooMany: _("You have written down a lot. Delete a draft first."),
}
REFUSALS = tuple(TEXTS)


def why(refused: Exception) -> str:
    """The reason in a sentence."""
    return str(TEXTS[type(refused)])


def refuse(form: Form, refused: Exception) -> None:
    """Add the reason to the form. Nothing typed is lost, and what is sent next counts anew."""
    form.add_error(None, why(refused))
    if isinstance(refused, STALE):
        row = refused.goal if isinstance(refused, goals.Changed) else refused.commitment
        form.data = dict(form.data.items()) | {"seen": str(row.version)}
