"""How a partner is shown; ``{% load pairings %}`` first."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mentoring.lib.contributions import Section
from mentoring.pairings.queries.agreements import Standing
from mentoring.pairings.queries.pairs import Card

WEB = re.compile(r"\bhttps?://[^\s<>\"“”„«»]+", re.IGNORECASE)
# What rather ends the sentence than the address.
AFTER = ".,;:!?'’*_)]}"

register = template.Library()


@register.simple_tag
def partner_detail(card: Card) -> str:
    """Job, department and place in one line; the grade only where the program shows grades."""
    member = card.partner.member
    parts = (member.job_title, member.department, member.location, card.grade)
    return " · ".join(str(part) for part in parts if part)


@register.simple_tag
def agreement_in(sections: Iterable[Section]) -> Standing:
    """Where the pair stands with its agreement, as the page of the pair has found already."""
    found = (each.context["standing"] for each in sections if "standing" in each.context)
    return next(found, Standing())


@register.filter
def with_links(text: str) -> SafeString:
    """What somebody wrote, with web addresses to follow; everything else stays plain text.

    Only addresses that are written out become links, so that nothing leads elsewhere than it
    says.
    """
    parts, end = [], 0
    for found in WEB.finditer(text):
        address = _without_end(found[0])
        link = format_html('<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>', address)
        parts += [text[end : found.start()], link]
        end = found.start() + len(address)
    return format_html_join("", "{}", ((part,) for part in [*parts, text[end:]]))


def _without_end(address: str) -> str:
    while address[-1] in AFTER and not (address[-1] == ")" and "(" in address):
        address = address[:-1]
    return address


@register.simple_tag(takes_context=True)
def new_in(context: dict[str, Any], card: Card) -> int:
    """How many messages wait for the reader in this pair."""
    number: int = context["new_messages"].get(card.pairing.pk, 0)
    return number
