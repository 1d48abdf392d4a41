"""A new person, until the address is proven."""

from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User

KEPT = "accounts.password"


def keep_password(*, session: SessionBase, user: User, password: str) -> None:
    """Keep a hashed password in the session that typed it, until that session signs in."""
    session[KEPT] = {"user": str(user.pk), "password": password}


def adopt_password(*, session: SessionBase, user: User) -> None:
    """Give the user the password kept by this session, at the first sign-in of all.

    To sign in without a password one had to prove the address. Afterwards a password that
    was kept elsewhere counts no more.
    """
    kept = session.pop(KEPT, None)
    if not kept or kept["user"] != str(user.pk):
        return
    if user.last_login is None and not user.has_usable_password():
        user.password = kept["password"]
        user.save(update_fields=["password"])


@transaction.atomic
def start_over(*, email: str, name: str, language: str, time_zone: str) -> User | None:
    """The account of who signed up with this address but never proved it, described anew.

    None when there is no such account: the address is proven, or unknown, or shut out.
    """
    user = _unproven(email).first()
    if user is None:
        return None
    user.name, user.language, user.time_zone = name, language, time_zone
    user.set_unusable_password()
    user.save(update_fields=["name", "language", "time_zone", "password"])
    return user


@transaction.atomic
def give_way(*, email: str, to: User) -> None:
    """Remove the account that somebody else began with an address now proven to be ``to``'s."""
    begun = list(_unproven(email).exclude(pk=to.pk).values_list("pk", flat=True))
    EmailAddress.objects.filter(user__in=begun).delete()
    # Django would look for members in all organizations first, which nobody may. Nobody
    # who never signed in is one; the database would refuse.
    users = User.objects.filter(pk__in=begun)
    users._raw_delete(users.db)


def _unproven(email: str) -> QuerySet[User]:
    """Accounts begun with this address: no address of theirs is proven, nobody ever signed in."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        Exists(addresses.filter(email=email)),
        ~Exists(addresses.filter(verified=True)),
        last_login=None,
        is_active=True,
    )
