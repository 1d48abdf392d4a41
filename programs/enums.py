"""Words that programs store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Who learns from whom. Chooses labels, defaults and the seniority rule."""

    REVERSE = "reverse", _("Reverse: juniors mentor leaders")
    MUTUAL = "mutual", _("Mutual: both learn from each other")
    TRADITIONAL = "traditional", _("Traditional: leaders mentor juniors")


class State(models.TextChoices):
    """Whether a program is in use; follows from its times, never stored."""

    RUNNING = "running", _("In use")
    ARCHIVED = "archived", _("Archived")


class Template(models.TextChoices):
    """What a program was started from."""

    SIX_MONTHS = "six_months", _("Six in six months")
    THIRTY_MINUTES = "thirty_minutes", _("Thirty minutes monthly")
    QUARTERLY = "quarterly", _("Quarterly long")
    BLANK = "blank", _("Blank")


class Side(models.TextChoices):
    """The two sides of a pair. In a reverse program the mentor is the junior one."""

    MENTOR = "mentor", _("Mentor")
    MENTEE = "mentee", _("Mentee")


class Audience(models.TextChoices):
    """Whom something is for."""

    BOTH = "both", _("Both sides")
    MENTOR = "mentor", _("Mentors")
    MENTEE = "mentee", _("Mentees")


class Cadence(models.TextChoices):
    """How often a pair meets."""

    FORTNIGHTLY = "fortnightly", _("Twice a month")
    MONTHLY = "monthly", _("Once a month")
    QUARTERLY = "quarterly", _("Once a quarter")


class MeetingForm(models.TextChoices):
    """How people like to meet."""

    ANY = "any", _("Any of them")
    VIDEO = "video", _("By video")
    PHONE = "phone", _("By phone")
    PERSON = "person", _("In person")


class QuestionKind(models.TextChoices):
    """How a feedback question is answered."""

    RATED = "rated", _("From 1 to 5")
    CHOICE = "choice", _("One of several answers")
    TEXT = "text", _("In own words")


class Moment(models.TextChoices):
    """When somebody is asked, and what for: by the partner once, by the program in waves."""

    PARTNER = "partner", _("Feedback to the partner")
    BASELINE = "baseline", _("At the start")
    INTRODUCTION = "introduction", _("After the first meeting")
    MIDPOINT = "midpoint", _("Half-way")
    END = "end", _("At the end")
    LATER = "later", _("Six months later")


WAVES = tuple(each for each in Moment if each != Moment.PARTNER)


class Stage(models.TextChoices):
    """Where two people are with each other, or in a meeting, when a question helps."""

    FIRST = "first", _("First meeting")
    AGREEING = "agreeing", _("Agreeing how to work")
    OPENING = "opening", _("Since last time")
    DEEPER = "deeper", _("Going deeper")
    NEXT = "next", _("Goals and next steps")
    MIDWAY = "midway", _("Looking back midway")
    ENDING = "ending", _("Ending well")


class Subject(models.TextChoices):
    """What a built-in question is about: one of the starter families, or any topic."""

    ANY = "any", _("Any topic")
    TECHNOLOGY = "technology", _("Technology")
    UNSEEN = "unseen", _("Challenges that leaders may not see")
    INCLUSION = "inclusion", _("Diversity, inclusion and resource groups")
    TRENDS = "trends", _("Industry trends")


class CohortState(models.TextChoices):
    """Where a cohort stands; `programs.transitions` says what may follow what."""

    DRAFT = "draft", _("Draft")
    ENROLLING = "enrolling", _("Enrolling")
    MATCHING = "matching", _("Matching")
    RUNNING = "running", _("Running")
    CLOSING = "closing", _("Closing")
    CLOSED = "closed", _("Closed")


class ParticipantState(models.TextChoices):
    """Where somebody's enrollment stands."""

    DRAFT = "draft", _("Not sent yet")
    PENDING = "pending", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    WAITLISTED = "waitlisted", _("On the waiting list")
    DECLINED = "declined", _("Not this time")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Handling(models.TextChoices):
    """What an admin does with people of a cohort, one or many at once."""

    APPROVE = "approve", _("Approve")
    WAITLIST = "waitlist", _("Put on the waiting list")
    DECLINE = "decline", _("Not this time")
    WITHDRAW = "withdraw", _("Withdraw")
    REOPEN = "reopen", _("Back to waiting for approval")
    PREPARED = "prepared", _("Preparation done")
    MESSAGE = "message", _("Write a message")


class Skip(models.TextChoices):
    """Why a decision passed somebody over."""

    SAME = "same", _("is so already")
    FULL = "full", _("all places are taken")
    DRAFT = "draft", _("has not sent the enrollment yet")
    WITHDRAWN = "withdrawn", _("has withdrawn")
    GONE = "gone", _("is not with the organization any more")
    PARTNER = "partner", _("has a partner; to end that, withdraw the person")
    OTHER_SIDE = "other_side", _("this preparation is for the other side")


class Readiness(models.TextChoices):
    """How far somebody is with the preparation."""

    DONE = "done", _("All done")
    OPEN = "open", _("Something is left")


class Answer(models.TextChoices):
    """What became of an invitation to a cohort; follows from its times and the enrollment."""

    WAITING = "waiting", _("No answer yet")
    STARTED = "started", _("Has begun, not sent yet")
    ENROLLED = "enrolled", _("Enrolled")
    DECLINED = "declined", _("“No, thanks”")
    ENDED = "ended", _("Ended")


class Action(models.TextChoices):
    """Business events of programs that the audit log keeps."""

    PROGRAM_CREATED = "program.created", _("Program created")
    PROGRAM_CHANGED = "program.changed", _("Program changed")
    PROGRAM_ARCHIVED = "program.archived", _("Program archived")
    PROGRAM_RESTORED = "program.restored", _("Program restored")
    PREPARATION_ADDED = "preparation.added", _("Preparation item added")
    PREPARATION_CHANGED = "preparation.changed", _("Preparation item changed")
    PREPARATION_ARCHIVED = "preparation.archived", _("Preparation item archived")
    PREPARATION_RESTORED = "preparation.restored", _("Preparation item used again")
    QUESTIONS_CHANGED = "questions.changed", _("Feedback questions changed")
    REACH_CHANGED = "reach.changed", _("Responsible for other programs")
    COHORT_CREATED = "cohort.created", _("Cohort created")
    COHORT_CHANGED = "cohort.changed", _("Cohort changed")
    COHORT_DELETED = "cohort.deleted", _("Cohort deleted")
    COHORT_ADVANCED = "cohort.advanced", _("Cohort in another state")
    ELIGIBILITY_CHANGED = "eligibility.changed", _("Eligibility changed")
    PARTICIPANT_DECIDED = "participant.decided", _("Decision about taking part")
    ENROLLMENT_SENT = "enrollment.sent", _("Enrollment sent")
    ENROLLMENT_WITHDRAWN = "enrollment.withdrawn", _("Enrollment withdrawn")
    ENROLLMENT_PAUSED = "enrollment.paused", _("Paused")
    ENROLLMENT_RESUMED = "enrollment.resumed", _("Pause ended")
    PREPARATION_MARKED = "preparation.marked", _("Preparation marked as done")
    PREPARATION_UNMARKED = "preparation.unmarked", _("Preparation marked as open")
    COHORT_INVITED = "cohort.invited", _("People invited to a cohort")
    COHORT_REMINDED = "cohort.reminded", _("People reminded of an invitation")
    ANNOUNCEMENT_SENT = "announcement.sent", _("Message to people of a cohort")
    CIRCLE_PLANNED = "circle.planned", _("Peer circle planned")
    CIRCLE_CHANGED = "circle.changed", _("Peer circle changed")
    CIRCLE_CANCELED = "circle.canceled", _("Peer circle canceled")


class TopicAction(models.TextChoices):
    """Business events of topics that the audit log keeps."""

    TOPICS_STARTED = "topics.started", _("Starter topics added")
    TOPIC_ADDED = "topic.added", _("Topic added")
    TOPIC_CHANGED = "topic.changed", _("Topic changed")
    TOPIC_ARCHIVED = "topic.archived", _("Topic archived")
    TOPIC_RESTORED = "topic.restored", _("Topic restored")
    TOPIC_MERGED = "topic.merged", _("Topics merged")
    FAMILY_ADDED = "topic_family.added", _("Family of topics added")
    FAMILY_CHANGED = "topic_family.changed", _("Family of topics changed")
    FAMILY_DELETED = "topic_family.deleted", _("Family of topics deleted")


class LibraryAction(models.TextChoices):
    """Business events of the questions library that the audit log keeps."""

    QUESTION_ADDED = "library_question.added", _("Library question added")
    QUESTIONS_ADDED = "library_questions.added", _("Library questions added")
    QUESTION_CHANGED = "library_question.changed", _("Library question changed")
    QUESTION_ARCHIVED = "library_question.archived", _("Library question archived")
    QUESTION_RESTORED = "library_question.restored", _("Library question used again")
    QUESTION_HIDDEN = "library_question.hidden", _("Built-in question hidden")
    QUESTION_SHOWN = "library_question.shown", _("Built-in question shown again")
