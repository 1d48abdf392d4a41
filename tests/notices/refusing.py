"""A mail server that takes nothing for now."""

import smtplib
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend


class Refusing(BaseEmailBackend):
    def send_messages(self, _messages: Any) -> int:
        raise smtplib.SMTPDataError(451, b"later")
