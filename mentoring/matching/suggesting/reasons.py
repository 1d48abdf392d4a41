"""“Why you two”: what two people have in common. Never a grade, a score or a price."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.languages import language_names
from mentoring.lib.clock import zone_named
from mentoring.matching.assembling.hours import PARTS, offset_of
from mentoring.matching.assembling.people import Person
from mentoring.profiles.enums import Slot
from mentoring.profiles.queries.discover import Found
from programs.enums import MeetingForm, Side

DAYS = ("mon", "tue", "wed", "thu", "fri")
HALF_HOURS_OF_A_DAY = 48
LONG_ENOUGH = 2
MOST_TIMES = 3


def reasons_of(me: Person, them: Person, found: Found, *, day: date) -> list[str]:
    """The strongest first. ``found`` is what the list of people may show of them."""
    reasons = [*_topics(them, found), *_places(me, them, found)]
    shared = [each for each in me.languages if each in them.languages]
    if shared:
        languages = language_names(shared)
        reasons.append(_("You both speak: %(languages)s") % {"languages": languages})
    times = [str(slot.label) for slot in common_slots(me, them, day=day)][:MOST_TIMES]
    if times:
        reasons.append(_("Times that suit you both: %(times)s") % {"times": ", ".join(times)})
    return [*reasons, *_form(me, them)]


def common_slots(me: Person, them: Person, *, day: date) -> Iterator[Slot]:
    """Those of my half days during which an hour suits them too, wherever they are."""
    theirs = set().union(*(week_of(each, them.zone, day) for each in them.slots))
    for slot in Slot:
        if slot in me.slots and len(theirs & week_of(slot, me.zone, day)) >= LONG_ENOUGH:
            yield slot


def week_of(slot: str, zone: str, day: date) -> set[int]:
    """The half hours of a week in UTC that a half day covers."""
    name, _sep, part = slot.rpartition("_")
    monday = day + timedelta(days=-day.weekday())
    ahead = offset_of(zone_named(zone), monday)
    first = DAYS.index(name) * HALF_HOURS_OF_A_DAY
    return {(first + each - ahead) % (7 * HALF_HOURS_OF_A_DAY) for each in PARTS[part]}


def _topics(them: Person, found: Found) -> Iterator[str]:
    topics = ", ".join(str(choice.topic) for choice in found.shared)
    if topics and them.side == Side.MENTOR:
        yield _("Knows what you want to learn about: %(topics)s") % {"topics": topics}
    elif topics:
        yield _("Wants to learn what you know about: %(topics)s") % {"topics": topics}


def _places(me: Person, them: Person, found: Found) -> Iterator[str]:
    department, location = found.member.department, found.member.location
    if department and me.department_id and me.department_id != them.department_id:
        yield _("Sees the organization from another side: %(place)s") % {"place": department}
    if location and me.location_id and me.location_id != them.location_id:
        yield _("Works at another location: %(place)s") % {"place": location}
    elif location and me.location_id:
        yield _("Works where you work: %(place)s") % {"place": location}


def _form(me: Person, them: Person) -> Sequence[str]:
    named = {me.form, them.form} - {MeetingForm.ANY}
    if len(named) != 1:
        return []
    form = str(MeetingForm(named.pop()).label)
    return [_("A form of meeting that suits you both: %(form)s") % {"form": form}]
