"""How mails are handed over to servers that take sender, recipient and DATA in one go."""

import re
import ssl
from collections.abc import Callable
from contextlib import ExitStack

import pytest
import trustme
from django.core.mail import EmailMessage

from mentoring.lib.mailers import mailer_from_url
from mentoring.outbox.enums import Reason
from mentoring.outbox.smtp import PipeliningSMTP
from mentoring.outbox.transport import NotSent, Postman, Unreachable
from tests.outbox.post import open_post
from tests.outbox.script import CLOSE, Script, Turn, open_script

LINE = b"\r\n"
HELLO = (LINE, b"250-script\r\n250-PIPELINING\r\n250 SIZE 1000000\r\n")
PLAIN_HELLO = (LINE, b"250-script\r\n250 8BITMIME\r\n")
ENVELOPE = b"DATA\r\n"
MAIL = b"\r\n.\r\n"
READY = b"250 sender\r\n250 recipient\r\n354 go on\r\n"
TAKEN = (MAIL, b"250 taken\r\n")
RESET = (b"rset\r\n", b"250 reset\r\n")
WHOLE = [(ENVELOPE, READY), TAKEN]


@pytest.fixture
def talk(settings):
    """Serve a script and return it together with a postman that goes there."""
    with ExitStack() as stack:

        def open_talk(*turns: Turn) -> tuple[Script, Postman]:
            script = stack.enter_context(open_script(turns))
            settings.MAILERS = {"default": mailer_from_url(script.url)}
            return script, Postman()

        yield open_talk


def mail(to: str = "ada@example.org", body: str = "Hello") -> EmailMessage:
    return EmailMessage("Subject", body, "app@example.org", [to])


def refusal_of(act: Callable[[], None]) -> tuple[Reason, str, bool]:
    with pytest.raises(NotSent) as found:
        act()
    return found.value.reason, found.value.detail, found.value.for_good


def test_sender_recipient_and_data_go_in_one_go_and_wait_once(talk):
    script, postman = talk(HELLO, *WHOLE, *WHOLE)

    with postman:
        postman.send(mail())
        postman.send(mail("bo@example.org"))

    (heard,) = script.heard
    envelopes = [heard[1], heard[3]]
    size = re.compile(rb" SIZE=(\d+)")
    assert [size.sub(b"", each) for each in envelopes] == [
        b"MAIL FROM:<app@example.org>\r\nRCPT TO:<ada@example.org>\r\nDATA\r\n",
        b"MAIL FROM:<app@example.org>\r\nRCPT TO:<bo@example.org>\r\nDATA\r\n",
    ]
    assert size.search(heard[1])[1] == str(len(heard[2].removesuffix(b".\r\n"))).encode()


def test_a_server_that_does_not_announce_it_is_asked_one_by_one(talk):
    ok = (LINE, b"250 ok\r\n")
    script, postman = talk(PLAIN_HELLO, ok, ok, (LINE, b"354 go on\r\n"), TAKEN)

    with postman:
        postman.send(mail())

    (heard,) = script.heard
    assert heard[1:4] == [
        b"mail from:<app@example.org>\r\n",
        b"rcpt to:<ada@example.org>\r\n",
        b"data\r\n",
    ]


def test_lines_that_begin_with_a_dot_arrive_as_they_are(talk):
    script, postman = talk(HELLO, *WHOLE)

    with postman:
        postman.send(mail(body=".\n.. two\nnone"))

    assert script.heard[0][2].endswith(b"\r\n\r\n..\r\n... two\r\nnone\r\n.\r\n")


@pytest.mark.parametrize(
    ("turns", "refusal"),
    [
        ([(ENVELOPE, b"553 no\r\n503 no\r\n503 no\r\n"), RESET], (Reason.SENDER, "553", False)),
        (
            [(ENVELOPE, b"451-one\r\n451 two\r\n503 no\r\n503 no\r\n"), RESET],
            (Reason.DELAYED, "451", False),
        ),
        (
            [(ENVELOPE, b"250 ok\r\n550 who\r\n554 nobody\r\n"), RESET],
            (Reason.REFUSED, "550", True),
        ),
        (
            [(ENVELOPE, b"250 ok\r\n452 full\r\n503 nobody\r\n"), RESET],
            (Reason.DELAYED, "452", False),
        ),
        (
            [(ENVELOPE, b"250 ok\r\n250 ok\r\n451 later\r\n"), RESET],
            (Reason.DELAYED, "451", False),
        ),
        ([(ENVELOPE, READY), (MAIL, b"554 spam\r\n"), RESET], (Reason.REFUSED, "554", True)),
    ],
)
def test_after_a_refusal_the_next_mail_goes_over_the_same_connection(talk, turns, refusal):
    script, postman = talk(HELLO, *turns, *WHOLE)

    with postman:
        assert refusal_of(lambda: postman.send(mail())) == refusal
        postman.send(mail("bo@example.org"))

    assert len(script.heard) == 1
    assert b"RCPT TO:<bo@example.org>" in script.heard[0][-2]


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        (b"553 no\r\n250 ok\r\n354 go on\r\n", (Reason.SENDER, "553", False)),
        (b"250 ok\r\n550 who\r\n354 go on\r\n", (Reason.REFUSED, "550", True)),
    ],
)
def test_a_server_that_wants_a_mail_for_nobody_gets_an_empty_one(talk, answers, refusal):
    empty = (b".\r\n", b"554 no recipients\r\n")
    script, postman = talk(HELLO, (ENVELOPE, answers), empty, RESET, *WHOLE)

    with postman:
        assert refusal_of(lambda: postman.send(mail())) == refusal
        postman.send(mail("bo@example.org"))

    (heard,) = script.heard
    assert heard[2] == b".\r\n"


@pytest.mark.parametrize(
    "turns",
    [
        [(ENVELOPE, b"421 closing\r\n")],
        [(ENVELOPE, b"250 ok\r\n421 closing\r\n")],
        [(ENVELOPE, b"250 ok\r\n250 ok\r\n421 closing\r\n")],
        [(ENVELOPE, READY), (MAIL, b"421 closing\r\n")],
    ],
)
def test_a_server_that_says_goodbye_is_not_waited_for(talk, turns):
    script, postman = talk(HELLO, *turns, HELLO, *WHOLE)

    with postman:
        assert refusal_of(lambda: postman.send(mail())) == (Reason.DELAYED, "421", False)
        postman.send(mail("bo@example.org"))

    assert len(script.heard) == 2


def test_what_was_refused_counts_although_the_server_hangs_up(talk):
    script, postman = talk(
        HELLO, (ENVELOPE, b"250 ok\r\n550 who\r\n354 go on\r\n"), (b".\r\n", CLOSE), HELLO, *WHOLE
    )

    with postman:
        assert refusal_of(lambda: postman.send(mail())) == (Reason.REFUSED, "550", True)
        postman.send(mail("bo@example.org"))

    assert len(script.heard) == 2


def test_a_server_that_hangs_up_without_a_word_is_asked_again_later(talk):
    _, postman = talk(HELLO, (ENVELOPE, CLOSE), HELLO, *WHOLE)

    with postman:
        gone = refusal_of(lambda: postman.send(mail()))
        postman.send(mail("bo@example.org"))

    assert gone == (Reason.DELAYED, "SMTPServerDisconnected", False)


def test_a_line_break_in_an_address_smuggles_no_command(talk):
    script, _ = talk(HELLO)
    connection = PipeliningSMTP("127.0.0.1", script.port)

    with pytest.raises(ValueError, match="line break"), connection:
        connection.sendmail("app@example.org", ["<ada@example.org>\r\nRSET\r\n"], b"Hello")

    assert [each for each in script.heard[0] if b"RCPT" in each] == []


@pytest.mark.parametrize("way", ["smtps", "starttls"])
def test_mails_go_over_an_encrypted_connection(settings, monkeypatch, port, way):
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    address, tls = {
        "smtps": (f"smtps://127.0.0.1:{port}", {"ssl_context": context}),
        "starttls": (
            f"smtp://127.0.0.1:{port}?tls=1",
            {"tls_context": context, "require_starttls": True},
        ),
    }[way]
    with authority.cert_pem.tempfile() as trusted, open_post(port, **tls) as post:
        monkeypatch.setenv("SSL_CERT_FILE", trusted)
        settings.MAILERS = {"default": mailer_from_url(address)}
        with Postman() as postman:
            postman.send(mail())
            postman.send(mail("bo@example.org"))

    assert post.recipients == ["ada@example.org", "bo@example.org"]


def test_a_server_that_nobody_vouches_for_gets_no_mail(settings, port):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    settings.MAILERS = {"default": mailer_from_url(f"smtps://127.0.0.1:{port}")}
    with (
        open_post(port, ssl_context=context) as post,
        pytest.raises(Unreachable, match="SSLCertVerificationError"),
    ):
        Postman().send(mail())

    assert post.recipients == []
