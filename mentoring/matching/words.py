"""What the engine's own names are called for people. The engine knows no languages."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Name(NamedTuple):
    """A name, and what it means in a sentence."""

    name: Promise
    meaning: Promise


FEATURES: dict[str, Name] = {
    "topics": Name(_("Topics"), _("The mentor offers what the mentee wants to learn.")),
    "seniority": Name(_("Seniority"), _("The distance in grade is close to the best one.")),
    "department": Name(_("Department"), _("The two work in different departments.")),
    "location": Name(_("Location"), _("The two work at different locations.")),
    "hours": Name(_("Working hours"), _("Enough of the working day is shared.")),
    "languages": Name(_("Languages"), _("Each speaks the other's first language.")),
    "form": Name(_("Form of meeting"), _("Both like to meet in the same form.")),
    "choices": Name(_("Own choices"), _("One has the other on their own list, or both have.")),
    "text": Name(
        _("Own words"), _("What the two wrote about themselves and their topics is alike.")
    ),
}
BONUS = Name(_("Shown before"), _("The two were a pair of the plan that was published last."))
RULES: dict[str, Promise] = {
    "same person": _("The two are the same person."),
    "seniority": _("The grades are too close, or the wrong way round."),
    "chain": _("One of the two reports to the other, directly or through others."),
    "same manager": _("The two have the same manager."),
    "department": _("The two work in the same department."),
    "language": _("The two have no language in common."),
    "topic": _("The two have no topic in common."),
    "form": _("The two have no form of meeting in common."),
    "blocked": _("The two are kept apart, are a pair already, or were proposed before."),
    "earlier": _("The two were a pair before."),
    "score": _("The two have too little in common for the least score."),
}
REASONS: dict[str, Promise] = {
    "nobody": _("Nobody on the other side fits."),
    "shortage": _("Too few places for the people who need them."),
    "outbid": _("The possible partners fit others better."),
    "spare": _("Everybody who fits has found somebody else."),
}
SKIPPED: dict[str, Promise] = {
    "away": _("One of the two does not take part at the moment."),
    "full": _("One of the two has no free place any more."),
    "locks": _("One of the two is to be kept together with as many others as there are places."),
}
STAGES: dict[str, Promise] = {
    "": _("Waiting for a worker"),
    "gathering": _("Gathering people and rules"),
    "checking": _("Checking the input"),
    "scoring": _("Scoring all possible pairs"),
    "solving": _("Looking for the best plan"),
    "proving": _("Proving that there is no better one"),
    "raising the worst": _("Raising the weakest pair"),
    "stability": _("Looking for pairs who would rather have each other"),
    "explaining": _("Explaining who is left without a partner"),
    "storing": _("Keeping the result"),
}
TROUBLES: dict[str, Promise] = {
    "empty_side": _("There is nobody to match on one of the two sides."),
    "circle": _("Somebody reports to themselves through others; correct the org chart first."),
    "locks_contradict": _("The pairs to keep together need more places than there are."),
    "lock_breaks_rule": _(
        "A pair to keep together breaks a rule by now; let a second person approve it, or let go."
    ),
    "bad_setting": _("The weights or rules have no meaning together."),
    "too_large": _("The cohort is too large for one plan."),
    "gave_up": _("The work was cut short several times; try again later."),
    "failed": _("Something went wrong on our side; it has been noted."),
}
STOPPED: dict[str, Promise] = {
    "stale": _("There is a newer plan, or the rules of the program have changed."),
    "not_matching": _("This cohort is not being matched any more."),
    "no_result": _("The plan has no result."),
    "gave_up": TROUBLES["gave_up"],
    "failed": TROUBLES["failed"],
}
ANSWERS: dict[str, Promise] = {
    "unpublished": _("Not published"),
    "waiting": _("Waiting for an answer"),
    "agreed": _("Both said yes"),
    "ended": _("Not taken up"),
}
