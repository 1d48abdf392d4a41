"""Where mail goes, from one address in the environment."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SMTP = "mentoring.outbox.smtp.EmailBackend"
SECONDS = 10


def mailer_from_url(url: str) -> dict[str, Any]:
    """A Django mailer for an address.

    - ``smtp://user:password@host:587?tls=1`` and ``smtps://…`` speak SMTP,
    - ``file:///folder`` keeps each message as a file,
    - ``anymail+postmark://?server_token=…`` uses a provider that django-anymail knows,
    - nothing at all drops no mail: sending fails, and the outbox keeps trying.

    Raises ValueError for any other scheme.
    """
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    if parts.scheme in ("", "smtp", "smtps"):
        return {
            "BACKEND": SMTP,
            "OPTIONS": {
                "host": parts.hostname or "localhost",
                "port": parts.port or (465 if parts.scheme == "smtps" else 25),
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_ssl": parts.scheme == "smtps",
                "use_tls": options.get("tls") == "1",
                "timeout": SECONDS,
            },
        }
    if parts.scheme == "file":
        folder = {"folder": unquote(parts.path)}
        return {"BACKEND": "mentoring.outbox.mailbox.FolderBackend", "OPTIONS": folder}
    if parts.scheme.startswith("anymail+"):
        provider = parts.scheme.removeprefix("anymail+")
        return {"BACKEND": f"anymail.backends.{provider}.EmailBackend", "OPTIONS": options}
    raise ValueError(f"MAIL_URL: “{parts.scheme}” is not smtp, smtps, file or anymail+provider.")
