"""Own questions of a demo organization, and a built-in one that it does not want."""

from datetime import datetime

from accounts.models import Member
from programs.enums import Stage, Subject
from programs.library import BY_KEY
from programs.models import LibraryQuestion, TopicFamily
from programs.operations import library

OWN = (
    (Stage.FIRST, None, "What would you show a guest here first?"),
    (Stage.DEEPER, None, "What does our house rule “ask twice” look like in your meetings?"),
    (Stage.DEEPER, Subject.TECHNOLOGY, "Which of our systems would you rather not log in to?"),
    (Stage.NEXT, Subject.UNSEEN, "Which of our sites could you visit before the month is over?"),
    (Stage.ENDING, None, "What of this would you tell the board in one minute?"),
    (Stage.MIDWAY, Subject.TRENDS, "What did you take from the last trade fair?"),
)
HIDDEN = "first-outsider"


def write_questions(*, admin: Member, mark: str, now: datetime) -> None:
    """A handful of own questions, the last of them archived. Topics must be there."""
    families = {each.origin: each for each in TopicFamily.objects.exclude(origin="")}
    made: list[LibraryQuestion] = [
        library.add_question(
            stage=stage,
            family=families.get(subject) if subject else None,
            text=mark + text,
            actor=admin,
            now=now,
        )
        for stage, subject, text in OWN
    ]
    library.archive_question(question=made[-1], actor=admin, now=now)
    library.hide(question=BY_KEY[HIDDEN], actor=admin, now=now)
