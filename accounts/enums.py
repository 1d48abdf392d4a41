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
    MESSAGE_RESENT = "message.resent", _("Message sent again")
