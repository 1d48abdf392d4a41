"""Write a mail: text and HTML in one layout, with a brand and in the reader's language."""

import email.message
import email.policy
from collections.abc import Mapping
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, engines
from django.utils import translation

from mentoring.outbox.brand import Brand, product_brand
from mentoring.outbox.headers import (
    UNSUBSCRIBE,
    Headers,
    Unfolded,
    recipient,
    remembering,
    usual_headers,
)
from mentoring.outbox.palette import palette
from mentoring.outbox.plain import header_text
from mentoring.outbox.registry import CalendarPart
from mentoring.outbox.templatetags.letters import OWN
from mentoring.outbox.wording import Filled

LOGO = "logo"
CALENDAR = "text/calendar"

_inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


class Mail(EmailMultiAlternatives):
    """A mail whose inline pictures belong to its HTML and not to its attachments.

    A calendar part names its ``calendar_method`` in its type as well, as calendars demand.
    """

    calendar_method = ""

    def message(self, *, policy: Any = email.policy.default) -> email.message.EmailMessage:
        written: email.message.EmailMessage = super().message(policy=remembering(policy))
        if address := self.extra_headers.get(UNSUBSCRIBE):
            value = Unfolded(address)
            value.name = UNSUBSCRIBE
            del written[UNSUBSCRIBE]
            written[UNSUBSCRIBE] = value
        return written

    def _add_bodies(self, msg: email.message.EmailMessage) -> None:
        super()._add_bodies(msg)  # type: ignore[misc]
        for part in msg.walk():
            if part.get_content_type() == CALENDAR:
                part.set_param("method", self.calendar_method)

    def _add_attachments(self, msg: email.message.EmailMessage) -> None:
        pictures = [each for each in self.attachments if _is_inline(each)]
        html = msg.get_body(("html",))
        if html is None or not pictures:
            super()._add_attachments(msg)  # type: ignore[misc]
            return
        html.make_related()
        for picture in pictures:
            html.attach(picture)
        everything, self.attachments = (
            self.attachments,
            [each for each in self.attachments if not _is_inline(each)],
        )
        try:
            super()._add_attachments(msg)  # type: ignore[misc]
        finally:
            self.attachments = everything


def compose(
    *,
    template: str,
    to: str | tuple[str, str],
    context: Mapping[str, Any],
    language: str,
    brand: Brand | None = None,
    message_id: str | None = None,
    headers: Headers | None = None,
) -> Mail:
    """A mail from ``<template>.subject``, ``.txt`` and ``.html``, ready to send.

    ``to`` is an address, or a display name and an address. With ``own_words`` in the context
    these take the place of those that the template lets go. Raises NotAnAddress.
    """
    brand = brand or product_brand()
    values = {
        "language": language,
        "product": settings.PRODUCT_NAME,
        "base_url": settings.BASE_URL,
        "brand": brand,
        "colors": palette(brand.accent),
        **context,
    }
    subject = subject_of(template, context=values, language=language)
    with translation.override(language):
        text = tidy(render(f"{template}.txt", values, escape=False))
        html = render(f"{template}.html", {**values, "subject": subject}, escape=True)
    mail = Mail(
        subject, text, to=[recipient(to)], headers=usual_headers(brand, message_id, headers)
    )
    mail.attach_alternative(_inliner.inline(html), "text/html")
    if brand.logo_png:
        mail.attach(_picture(brand.logo_png))
    return mail


def subject_of(template: str, *, context: Mapping[str, Any], language: str) -> str:
    """The subject that a mail has; times are shown in the zone in force."""
    own: Filled | None = context.get(OWN)
    if own:
        return own.subject
    values = {"product": settings.PRODUCT_NAME, **context}
    with translation.override(language):
        return header_text(render(f"{template}.subject", values, escape=False))


def add_calendar(mail: Mail, calendar: CalendarPart) -> None:
    """Let calendars read the mail, inside it and as a file for those that look there."""
    mail.calendar_method = calendar.method
    mail.attach_alternative(calendar.text, CALENDAR)
    mail.attach("invite.ics", calendar.text.encode(), "application/ics")


def render(name: str, values: Mapping[str, Any], *, escape: bool) -> str:
    """A template of a mail, in the language in force."""
    template = engines["django"].get_template(name).template  # type: ignore[attr-defined]
    rendered: str = template.render(Context(dict(values), autoescape=escape))
    return rendered


def tidy(text: str) -> str:
    """Text without the empty lines that template tags leave behind."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept) + "\n"


def _picture(png: bytes) -> email.message.MIMEPart:
    part = email.message.MIMEPart()
    part.set_content(
        png, maintype="image", subtype="png", disposition="inline",
        filename=f"{LOGO}.png", cid=f"<{LOGO}>",
    )  # fmt: skip
    return part


def _is_inline(attachment: Any) -> bool:
    return isinstance(attachment, email.message.MIMEPart) and "Content-ID" in attachment
