"""Headers that say the same in every mail are read once."""

import re
from email.policy import SMTP

from django.core.mail import EmailMultiAlternatives

from mentoring.outbox.headers import REMEMBERED
from mentoring.outbox.mail import Mail

NAMES = ["Ada Lovelace", "Zoë O'Hara", "Ünï ćödé " * 12, "محمد", "Ada, the first"]


def written(kind, name: str) -> bytes:
    """A mail without what is new in each: its date and the line between its parts."""
    mail = kind(
        f"A question for {name}",
        f"Hello {name}",
        "Halden & O'Hara <people@example.org>",
        [f'"{name}" <ada@example.org>'],
        headers={"Message-ID": "<1@example.org>", "List-Id": "<halden.example.org>"},
    )
    mail.attach_alternative(f"<p>Hello {name}</p>", "text/html")
    mail.attach("invite.ics", b"BEGIN:VCALENDAR", "application/ics")
    return re.sub(rb"Date: .*|=======\S+==", b"", mail.message(policy=SMTP).as_bytes())


def test_a_mail_with_remembered_headers_is_written_as_one_that_reads_them_anew():
    anew = [written(EmailMultiAlternatives, name) for name in NAMES]

    assert [written(Mail, name) for name in NAMES] == anew
    assert [written(Mail, name) for name in NAMES] == anew


def test_headers_are_right_after_more_mails_than_are_remembered():
    names = [f"Person {number}" for number in range(REMEMBERED + 1)]

    mails = [written(Mail, name) for name in [*names, *names]]

    assert mails == [written(EmailMultiAlternatives, name) for name in [*names, *names]]
