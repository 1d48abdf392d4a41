"""Whose name, color, logo and words a mail carries."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.conf import settings

from mentoring.outbox.texts import Texts, current_texts

LOGO_WIDTH, LOGO_HEIGHT = 220, 40


@dataclass(frozen=True, slots=True)
class Brand:
    """The look of a mail. ``accent`` is ``#rrggbb``, or empty for the product's own color.

    ``slug`` tells mails of different organizations apart in the ``List-Id`` header. ``texts``
    are what the organization says in its own words.
    """

    name: str
    slug: str = ""
    accent: str = ""
    logo_png: bytes | None = None
    texts: Texts = field(default_factory=dict)

    @property
    def logo_size(self) -> tuple[int, int]:
        """Width and height at which the logo is shown: some mail clients know no maximum."""
        width, height = struct.unpack(">II", (self.logo_png or b"")[16:24])
        scale = min(1, LOGO_WIDTH / width, LOGO_HEIGHT / height)
        return max(1, round(width * scale)), max(1, round(height * scale))


_providers: list[Callable[[], Brand]] = []


def register_brand(provider: Callable[[], Brand]) -> None:
    """Let a higher floor say what the organization in scope looks like; the last one counts."""
    _providers.append(provider)


def current_brand() -> Brand:
    """The look of the organization in scope. Costs what the provider costs: keep it per batch."""
    brand = _providers[-1]() if _providers else product_brand()
    return replace(brand, texts=current_texts())


def product_brand() -> Brand:
    """The look of mails that belong to no organization, such as sign-in codes."""
    return Brand(name=settings.PRODUCT_NAME)
