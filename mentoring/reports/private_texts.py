"""What a new SECRET_KEY has to reach."""

from accounts.sealed import SealedTexts, register
from mentoring.reports.disclosure.people import PURPOSE
from mentoring.reports.models import LedgerKey

register(SealedTexts(model=LedgerKey, purposes={"token": PURPOSE}, writer=""))
