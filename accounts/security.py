"""How a person's own account is protected, for the pages that show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from accounts.devices import is_hand_held, name_of_device
from accounts.models import User


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One place where the person is signed in."""

    id: int
    device: str
    is_hand_held: bool
    address: str
    signed_in_at: datetime
    seen_at: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class Protection:
    """What opens the account. ``codes_left`` is None without an authenticator app."""

    has_password: bool
    addresses: list[EmailAddress]
    app: Authenticator | None
    codes_left: int | None
    passkeys: list[Authenticator]
    session_count: int

    @property
    def main_address(self) -> str:
        return self.addresses[0].email if self.addresses else ""

    @property
    def more_addresses(self) -> int:
        return max(len(self.addresses) - 1, 0)


def protection_of(user: User, *, now: datetime) -> Protection:
    """Everything that the security page shows."""
    factors = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    app = _first(factors, Authenticator.Type.TOTP)
    codes = _first(factors, Authenticator.Type.RECOVERY_CODES)
    return Protection(
        has_password=user.has_usable_password(),
        addresses=list(EmailAddress.objects.filter(user=user).order_by("-primary", "email")),
        app=app,
        codes_left=_codes_left(codes) if app else None,
        passkeys=[each for each in factors if each.type == Authenticator.Type.WEBAUTHN],
        session_count=_open_sessions(user, now=now).count(),
    )


def sessions_of(user: User, *, current: str | None, now: datetime) -> list[OwnSession]:
    """Where the user is signed in: this device first, then by when it was last seen."""
    sessions = [
        OwnSession(
            id=each.pk,
            device=name_of_device(each.user_agent),
            is_hand_held=is_hand_held(each.user_agent),
            address=each.ip,
            signed_in_at=each.created_at,
            seen_at=each.last_seen_at,
            is_current=each.session_key == current,
        )
        for each in _open_sessions(user, now=now).order_by("-last_seen_at", "-pk")
    ]
    return sorted(sessions, key=lambda each: not each.is_current)


def _open_sessions(user: User, *, now: datetime) -> QuerySet[UserSession]:
    alive = Session.objects.filter(expire_date__gt=now).values("session_key")
    sessions: QuerySet[UserSession] = UserSession.objects.filter(user=user, session_key__in=alive)
    return sessions


def _first(factors: Iterable[Authenticator], kind: str) -> Authenticator | None:
    return next((each for each in factors if each.type == kind), None)


def _codes_left(codes: Authenticator | None) -> int:
    if codes is None:
        return 0
    used: int = codes.data["used_mask"]
    return int(app_settings.RECOVERY_CODE_COUNT) - used.bit_count()
