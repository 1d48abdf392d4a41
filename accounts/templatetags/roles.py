"""What roles are called."""

from collections.abc import Iterable

from django import template

from accounts.enums import Role

register = template.Library()


@register.filter
def role_labels(roles: Iterable[str]) -> list[str]:
    """Names of stored roles, strongest first."""
    held = set(roles)
    return [str(role.label) for role in Role if role in held]
