"""Every address inside an organization, found by walking the resolver."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from accounts.permissions import Permission
from mentoring.lib.ids import uuid7

INSIDE = "o/<slug:organization>/"
EXAMPLES: dict[str, Callable[[], Any]] = {
    "UUIDConverter": uuid7,
    "Digest": lambda: "0" * 64,
    "HexColor": lambda: "b4552d",
    "SideConverter": lambda: "mentee",
    "StepConverter": lambda: "aims",
    "DirectionConverter": lambda: "sought",
    "StringConverter": lambda: "archive",
}


@dataclass(frozen=True)
class Route:
    """One address with the view behind it."""

    pattern: URLPattern
    route: str
    converters: dict[str, Any]

    @property
    def name(self) -> str:
        return self.pattern.name or self.route

    @property
    def permission(self) -> Permission | None:
        return getattr(self.pattern.callback, "permission", None)

    @property
    def arguments(self) -> list[str]:
        """What the address names besides the organization."""
        return list(self.converters)

    def fill(self, organization: str, arguments: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={"organization": organization, **arguments})

    def url(self, organization: str) -> str:
        """The address in an organization, with examples that match nothing for the rest."""
        examples = {name: EXAMPLES[type(each).__name__]() for name, each in self.converters.items()}
        return self.fill(organization, examples)


def routes_inside() -> list[Route]:
    """All addresses under /o/<organization>/, in order."""
    return [route for route in _walk(get_resolver(), "", {}) if route.route.startswith(INSIDE)]


def _walk(resolver: Any, prefix: str, above: dict[str, Any]) -> Iterator[Route]:
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        converters = {**above, **each.pattern.converters}
        if isinstance(each, URLPattern):
            named = {name: kind for name, kind in converters.items() if name != "organization"}
            yield Route(each, route, named)
        else:
            yield from _walk(each, route, converters)
