"""Words that accounts store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member may do beyond taking part. What each allows: `accounts.permissions`."""

    OWNER = "owner", _("Owner")
    PROGRAM_ADMIN = "program_admin", _("Program admin")
    HR_ANALYST = "hr_analyst", _("HR analyst")


class Reach(models.TextChoices):
    """How far a program admin reaches."""

    ORGANIZATION = "organization", _("The whole organization")
    PROGRAMS = "programs", _("Named programs only")


class InvitationState(models.TextChoices):
    """Where an invitation stands; follows from its times, never stored."""

    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


class ImportMode(models.TextChoices):
    """What it means that somebody is not on a list of people."""

    CHANGES = "changes", _("Add and update the people on the list")
    ROSTER = "roster", _("The list names everybody: who is missing has left")


class ImportState(models.TextChoices):
    """Where a list of people stands between the upload and its end."""

    UPLOADED = "uploaded", _("Columns to be confirmed")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Ready to apply")
    QUEUED = "queued", _("Waiting to be applied")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    FAILED = "failed", _("Nothing was changed")
    DISCARDED = "discarded", _("Discarded")


class LineKind(models.TextChoices):
    """What becomes of one person when a list is applied."""

    FAULTY = "faulty", _("With errors")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    BACK = "back", _("Back again")
    GONE = "gone", _("Would be deactivated")
    UNCHANGED = "unchanged", _("Unchanged")


class Standing(models.TextChoices):
    """What an invited address is to the person who opens the link."""

    SIGNED_OUT = "signed_out"
    PROVED = "proved"
    UNPROVED = "unproved"
    FOREIGN = "foreign"


class Action(models.TextChoices):
    """Business events of accounts that the audit log keeps."""

    ORGANIZATION_CREATED = "organization.created", _("Organization created")
    ORGANIZATION_CHANGED = "organization.changed", _("Settings changed")
    MEMBER_JOINED = "member.joined", _("Joined the organization")
    MEMBER_LEFT = "member.left", _("Left the organization")
    MEMBER_DEACTIVATED = "member.deactivated", _("Deactivated")
    MEMBER_REACTIVATED = "member.reactivated", _("Reactivated")
    ROLES_CHANGED = "roles.changed", _("Roles changed")
    INVITATION_SENT = "invitation.sent", _("Invitation sent")
    INVITATION_RESENT = "invitation.resent", _("Invitation sent again")
    INVITATION_REVOKED = "invitation.revoked", _("Invitation revoked")
    PEOPLE_IMPORTED = "people.imported", _("People imported")
    MESSAGE_RESENT = "message.resent", _("Message sent again")
    MESSAGES_RESENT = "messages.resent", _("Failed messages sent again")
    HOLIDAYS_ADDED = "holidays.added", _("Holidays added")
    HOLIDAY_REMOVED = "holiday.removed", _("Holiday removed")


class Step(models.TextChoices):
    """One place further in a list that people sort by hand."""

    UP = "up", _("Up")
    DOWN = "down", _("Down")


class ChartPart(models.TextChoices):
    """What people are sorted by in an organization."""

    DEPARTMENT = "department", _("Department")
    LOCATION = "location", _("Location")
    GRADE = "grade", _("Grade")


class PersonState(models.TextChoices):
    """Where a person stands with the organization; follows from the record, never stored."""

    ACTIVE = "active", _("Active")
    LISTED = "listed", _("Not joined yet")
    ON_LEAVE = "on_leave", _("On leave")
    LEFT = "left", _("Has left")
    DEACTIVATED = "deactivated", _("Deactivated")


class Conflict(models.TextChoices):
    """Why two people are too close in the hierarchy to be a pair."""

    ABOVE = "above", _("Above the other person in the same line of managers")
    BELOW = "below", _("Below the other person in the same line of managers")
    SAME_MANAGER = "same_manager", _("Both have the same manager")


class ChartAction(models.TextChoices):
    """Business events of the org chart that the audit log keeps."""

    PERSON_ADDED = "person.added", _("Person added")
    PERSON_CHANGED = "person.changed", _("Record of a person changed")
    PART_ADDED = "chart.added", _("Added to the org chart")
    PART_CHANGED = "chart.changed", _("Org chart changed")
    PART_MERGED = "chart.merged", _("Merged in the org chart")
    PART_DELETED = "chart.deleted", _("Deleted from the org chart")
    GRADES_SORTED = "grades.sorted", _("Order of grades changed")
