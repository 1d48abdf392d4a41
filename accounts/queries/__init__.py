"""What accounts answer. Questions about an organization start with the member who asks."""

from accounts.queries.invitations import (
    invitation_with,
    invitations_of,
    invitations_to_send,
    open_invitations_by_email,
    owns_address,
    standing_of,
)
from accounts.queries.members import (
    Headcount,
    actors_of,
    headcount,
    is_own_slug,
    members_by_email,
    own_memberships,
    people_of,
    records_of,
)
from accounts.queries.messages import messages_of
from accounts.queries.parts import (
    departments,
    find_people,
    grades,
    locations,
    part_choices,
    parts_of,
    suggest_people,
)
from accounts.queries.records import (
    audit_of,
    logo_with,
    own_look,
)

__all__ = [
    "Headcount",
    "actors_of",
    "audit_of",
    "departments",
    "find_people",
    "grades",
    "headcount",
    "invitation_with",
    "invitations_of",
    "invitations_to_send",
    "is_own_slug",
    "locations",
    "logo_with",
    "members_by_email",
    "messages_of",
    "open_invitations_by_email",
    "own_look",
    "own_memberships",
    "owns_address",
    "part_choices",
    "parts_of",
    "people_of",
    "records_of",
    "standing_of",
    "suggest_people",
]
