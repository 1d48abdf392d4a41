"""News from allauth."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_changed,
    password_changed,
    password_reset,
    password_set,
)
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from accounts.operations import account
from accounts.readdressing import follow_user


@receiver([password_changed, password_set, password_reset])
def end_other_sessions(request: HttpRequest, user: User, **_: Any) -> None:
    """A new password signs out everywhere else. Django's hash refuses them; here they go."""
    account.end_other_sessions(user=user, session=request.session)


@receiver(email_changed)
def follow_to_main_address(
    from_email_address: EmailAddress | None, to_email_address: EmailAddress, **_: Any
) -> None:
    """Mail goes to the main address, so what waits is for that."""
    if from_email_address:
        former, current = from_email_address.email, to_email_address.email
        follow_user(former=former, current=current, now=timezone.now())
