"""What the frame around every page shows of the bell."""

from typing import Any

from django.utils.functional import SimpleLazyObject

from accounts.requests import Request
from mentoring.notices.queries.notices import MANY, unread_count


def bell(request: Request) -> dict[str, Any]:
    """How many notices are new, counted only when a page shows it."""
    membership = getattr(request, "membership", None)
    if membership is None:
        return {}
    return {
        "bell": {
            "slug": membership.organization.slug,
            "unread": SimpleLazyObject(lambda: unread_count(membership.pk)),
            "many": MANY,
        }
    }
