"""News from allauth."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.operations import account


@receiver([password_changed, password_set, password_reset])
def end_other_sessions(request: HttpRequest, user: User, **_: Any) -> None:
    """A new password signs out everywhere else. Django's hash refuses them; here they go."""
    account.end_other_sessions(user=user, session=request.session)
