"""What has happened in a demo organization so far, through the operations people use."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw

from accounts.enums import Reach, Role
from accounts.models import Member, Organization
from accounts.operations import invitations, members, settings
from mentoring.console.demo.places import Place
from programs.enums import Kind, Template
from programs.operations import programs
from programs.sections import Section

TERMS = {"mentor": {"one": "Guide", "many": "Guides"}}
PROGRAMS = (
    (
        Template.SIX_MONTHS,
        "Six in six months",
        Kind.REVERSE,
        "Leaders learn what their youngest colleagues see daily.",
    ),
    (
        Template.THIRTY_MINUTES,
        "Digital tandems",
        Kind.MUTUAL,
        "Two people from different worlds learn from each other.",
    ),
    (
        Template.QUARTERLY,
        "First year",
        Kind.TRADITIONAL,
        "Newcomers find their way with somebody who knows it.",
    ),
)
MEASURES = (
    "Leaders who changed something because of what they heard",
    "Juniors who say that their view counts",
)


def decorate(organization: Organization, place: Place, owner: Member) -> None:
    """Brand the organization; the second of the named places also uses its own words."""
    change = partial(settings.change_appearance, remove_logo=False, actor=owner)
    version = settings.version_of(organization, settings.APPEARANCE)
    logo = draw_logo(place.accent) if place.accent else None
    change(organization=organization, accent=place.accent, logo=logo, version=version)
    if place.slug == "kestrel":
        version = settings.version_of(organization, settings.TERMS)
        settings.change_terms(organization=organization, terms=TERMS, version=version, actor=owner)


def draw_logo(color: str) -> bytes:
    """Two overlapping circles, 128 pixels wide, as PNG."""
    picture = Image.new("RGBA", (128, 128), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((4, 24, 84, 104), fill=color)
    draw.ellipse((44, 24, 124, 104), outline=color, width=10)
    content = BytesIO()
    picture.save(content, "PNG", optimize=True)
    return content.getvalue()


def run_programs(owner: Member, narrowed: Member, *, mark: str, now: datetime) -> None:
    """Three programs from templates: one has everything for its launch, one is archived.

    The second, which lacks a contact for concerns, is in the care of the narrowed admin.
    """
    made = [
        programs.create_program(
            name=f"{mark}{name}",
            kind=kind,
            purpose=f"{mark}{purpose}",
            template=template,
            actor=owner,
        )
        for template, name, kind, purpose in PROGRAMS
    ]
    contact = Member.objects.with_role(Role.HR_ANALYST).order_by("email").first()
    for program, person in ((made[0], contact), (made[1], None)):
        programs.change_program(
            program=program,
            section=Section.SPONSOR,
            values={
                "sponsor": _sponsor(owner),
                "outcome_measures": [f"{mark}{measure}" for measure in MEASURES],
                "concern_contact": person,
            },
            version=programs.version_of(program, Section.SPONSOR),
            actor=owner,
        )
    programs.set_reach(member=narrowed, programs=made[1:2], actor=owner)
    programs.archive(program=made[2], actor=owner, now=now)


def _sponsor(owner: Member) -> Member:
    """The most senior person of the list, else the owner."""
    listed = Member.objects.active().filter(user=None, grade__isnull=False)
    return listed.order_by("-grade__rank", "email").first() or owner


def invite_people(emails: Sequence[str], owner: Member, *, now: datetime) -> None:
    """Invitations that expired, wait, are new, and one that was revoked."""
    invite = partial(invitations.invite, reach=Reach.ORGANIZATION, actor=owner)
    invite(emails=emails[:2], roles=[], now=now - timedelta(days=8))
    invite(emails=emails[2:4], roles=[Role.HR_ANALYST], now=now - timedelta(days=3))
    *_, last = invite(emails=emails[4:], roles=[], now=now - timedelta(minutes=5))
    invitations.revoke(invitation=last, actor=owner, now=now)


def say_goodbye(leaving: Member, owner: Member, *, now: datetime) -> None:
    """Somebody is not with the organization any more."""
    members.deactivate(member=leaving, actor=owner, now=now)
