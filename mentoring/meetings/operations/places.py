"""Where two people meet, kept for the two alone."""

from mentoring.meetings.models import Meeting, Place
from mentoring.meetings.sealed import seal_place


def set_place(meeting: Meeting, text: str) -> None:
    """Keep, replace or forget the place; call it as one of the two. The meeting has its people."""
    pairing = meeting.pairing
    if not text:
        Place.objects.filter(meeting=meeting).delete()
        return
    Place.objects.update_or_create(
        meeting=meeting,
        defaults={"text": seal_place(text)},
        create_defaults={
            "organization_id": meeting.organization_id,
            "text": seal_place(text),
            "mentor_member_id": pairing.mentor.member_id,
            "mentee_member_id": pairing.mentee.member_id,
        },
    )
