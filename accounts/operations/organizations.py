"""Making organizations."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Action, Role
from accounts.models import Member, Organization, User
from accounts.operations.audit import record
from accounts.operations.careers import note_steps
from accounts.signals import organization_created
from accounts.slugs import near
from mentoring.tenancy.scope import within


class SlugTaken(Exception):
    """Another organization has this address; ``free`` is one like it that nobody has."""

    def __init__(self, free: str) -> None:
        super().__init__(free)
        self.free = free


@transaction.atomic
def create_organization(
    *, user: User, name: str, slug: str, time_zone: str, language: str
) -> Organization:
    """Make an organization with the user as its first owner.

    Raises SlugTaken when the address is in use. The database's unique constraint decides,
    because nobody may look into the other organizations.
    """
    organization = Organization(name=name, slug=slug, time_zone=time_zone, language=language)
    if not _insert(organization):
        raise SlugTaken(free=_free_slug(slug))
    now = timezone.now()
    with within(organization):
        owner = Member.objects.create(
            organization=organization,
            user=user,
            name=str(user),
            email=user.email,
            roles=[Role.OWNER],
            joined_at=now,
        )
        note_steps([owner.pk], now=now)
        record(
            actor=owner,
            action=Action.ORGANIZATION_CREATED,
            subject_id=organization.pk,
            subject_name=name,
            details={"slug": slug, "time_zone": time_zone, "language": language},
        )
        organization_created.send(Organization, organization=organization, owner=owner)
    return organization


def _insert(organization: Organization) -> bool:
    """Whether the row went in; False when its address is taken."""
    try:
        with within(organization), transaction.atomic():
            organization.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _free_slug(taken: str) -> str:
    """The first free address near a taken one; empty when none is found."""
    return next((slug for slug in near(taken) if _is_free(slug)), "")


def _is_free(slug: str) -> bool:
    """Found out by inserting and taking it back: other organizations cannot be looked up."""
    with transaction.atomic():
        is_free = _insert(Organization(name=slug, slug=slug))
        transaction.set_rollback(True)
    return is_free
