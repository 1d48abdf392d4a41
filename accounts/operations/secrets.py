"""Keeping second factors readable when SECRET_KEY changes."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from mentoring.lib.encryption import encrypt_again

SECOND_FACTORS = "accounts.second_factors"
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@transaction.atomic
def renew_secrets() -> int:
    """Encrypt all secrets with today's SECRET_KEY; return how many.

    Afterwards SECRET_KEY_FALLBACKS is not needed for them. Raises Unreadable, and changes
    nothing, when one was encrypted with a key that is in neither setting.
    """
    factors = Authenticator.objects.select_for_update().filter(type__in=SECRETS)
    for factor in factors:
        name = SECRETS[Authenticator.Type(factor.type)]
        factor.data[name] = encrypt_again(factor.data[name], purpose=SECOND_FACTORS)
    return int(Authenticator.objects.bulk_update(factors, ["data"], batch_size=500))
