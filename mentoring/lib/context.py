"""What every template knows without being told."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, Any]:
    return {"PRODUCT_NAME": settings.PRODUCT_NAME, "DEVELOPMENT": settings.DEVELOPMENT}
