"""What the answers of a mail server or provider mean."""

import smtplib

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused

from mentoring.outbox.enums import Reason
from mentoring.outbox.transport import understood


@pytest.mark.parametrize(
    ("error", "reason", "detail", "for_good"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.c": (550, b"no")}), Reason.REFUSED, "550", True),
        (smtplib.SMTPRecipientsRefused({"a@b.c": (452, b"full")}), Reason.DELAYED, "452", False),
        (smtplib.SMTPSenderRefused(553, b"no", "x@y.z"), Reason.SENDER, "553", False),
        (smtplib.SMTPSenderRefused(421, b"later", "x@y.z"), Reason.DELAYED, "421", False),
        (smtplib.SMTPDataError(554, b"spam"), Reason.REFUSED, "554", True),
        (smtplib.SMTPDataError(451, b"later"), Reason.DELAYED, "451", False),
        (smtplib.SMTPServerDisconnected("gone"), Reason.DELAYED, "SMTPServerDisconnected", False),
        (TimeoutError("slow"), Reason.DELAYED, "TimeoutError", False),
        (ConnectionResetError("reset"), Reason.DELAYED, "ConnectionResetError", False),
        (AnymailRecipientsRefused("a@b.c is on the list"), Reason.REFUSED, "", True),
        (AnymailAPIError("quoting a@b.c"), Reason.DELAYED, "AnymailAPIError", False),
        (ValueError("no address: a@b"), Reason.ADDRESS, "", True),
    ],
)
def test_each_answer_has_a_meaning_and_quotes_nobody(error, reason, detail, for_good):
    failure = understood(error)

    assert (failure.reason, failure.detail, failure.for_good) == (reason, detail, for_good)
    assert "a@b" not in str(failure)


@pytest.mark.parametrize("error", [KeyError("x"), ZeroDivisionError()])
def test_a_fault_of_our_own_is_not_blamed_on_the_server(error):
    assert understood(error) is None


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPDataError(421, b"closing"),
        TimeoutError("slow"),
    ],
)
def test_a_connection_that_is_not_usable_any_more_is_given_up(error):
    assert understood(error).breaks_connection
