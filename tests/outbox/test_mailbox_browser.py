"""The development-only mail page in a browser: what a mail shows, and that its links work."""

import pytest
from django.core.mail import mailers

from mentoring.outbox.brand import Brand
from mentoring.outbox.mail import compose
from tests.outbox.test_mail import picture
from tests.outbox.test_mailbox import CONTEXT


@pytest.fixture
def subject(running_web, settings):
    """The subject of a mail with a logo that the running server keeps."""
    settings.MAILERS = {
        "default": {
            "BACKEND": "mentoring.outbox.mailbox.FolderBackend",
            "OPTIONS": {"folder": str(running_web.mail_folder)},
        }
    }
    mail = compose(
        template="mail/invitation",
        to="browser@example.org",
        context={**CONTEXT, "url": f"{running_web.base_url}/healthz"},
        language="en",
        brand=Brand("Acme", logo_png=picture(80, 40)),
    )
    mailers.default.send_messages([mail])
    return mail.subject


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mail_is_shown_as_it_looks_and_its_button_works(running_web, subject, page, scheme):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.emulate_media(color_scheme=scheme)

    page.goto(f"{running_web.base_url}/dev/mail/?q=browser@example.org")
    page.get_by_role("link", name=subject).first.click()
    frame = page.frame_locator("iframe")
    button = frame.get_by_role("link", name="Accept the invitation")

    light = button.evaluate("button => getComputedStyle(button).color")
    assert light == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 17, 14)"}[scheme]
    assert frame.get_by_role("img", name="Acme").evaluate("logo => logo.naturalWidth") == 80
    assert complaints == []

    button.click()
    page.wait_for_url(f"{running_web.base_url}/healthz")
