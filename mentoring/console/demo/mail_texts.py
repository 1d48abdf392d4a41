"""A mail that a demo organization writes in its own words, in both languages."""

from datetime import datetime

from accounts.models import Member
from mentoring.notices.operations.texts import change_text
from mentoring.notices.queries.texts import NEVER_WRITTEN
from mentoring.outbox.texts import Place
from mentoring.outbox.wording import OwnText

KIND, CASE = "pairings.agreement_in_force", "usual"
WORDS = {
    "en": OwnText(
        "It is settled: you and {partner}",
        "Hello {name},\n\nyou and {partner} agree. At {organization} we say: start small, and start"
        " this week.\n\nWhatever changes later, change it together.",
        "Read it again",
    ),
    "de": OwnText(
        "Abgemacht: Sie und {partner}",
        "Guten Tag {name},\n\nSie und {partner} sind sich einig. Bei {organization} heißt es: klein"
        " anfangen, und zwar diese Woche.\n\nWas sich später ändert, ändern Sie gemeinsam.",
        "Noch einmal lesen",
    ),
}
FIRST = "Done: {partner} said yes"


def write_own(owner: Member, *, mark: str, now: datetime) -> None:
    """English was written twice, so that there is something to bring back."""
    english = Place(KIND, CASE, "en")
    text = WORDS["en"]
    first = OwnText(mark + FIRST, text.words, text.button)
    written = change_text(place=english, own=first, seen=NEVER_WRITTEN, actor=owner, now=now)
    for language, own in WORDS.items():
        seen = written.stamp if language == "en" else NEVER_WRITTEN
        marked = OwnText(mark + own.subject, own.words, own.button)
        place = Place(KIND, CASE, language)
        change_text(place=place, own=marked, seen=seen, actor=owner, now=now)
