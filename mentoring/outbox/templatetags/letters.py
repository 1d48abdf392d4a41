"""``{% wording opening %}our words{% endwording %}`` in the templates of mails; always there.

An organization may have its own words for the ``subject`` (which is also the ``heading``), the
``opening`` and the ``button``; the ``summary`` beside the subject follows from them. Everything
outside of these blocks stays in every mail: who the mentor is, dates, links.
"""

from django import template
from django.template import Context, Node, NodeList
from django.template.base import Parser, Token, render_value_in_context
from django.utils.html import linebreaks

from mentoring.outbox.wording import Filled

register = template.Library()

# Under these names the context has the own words, and a place to keep what ours would be.
OWN, HEARD = "own_words", "heard_words"
PARTS = ("summary", "heading", "opening", "button")


class WordingNode(Node):
    def __init__(self, part: str, nodelist: NodeList) -> None:
        self.part = part
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        own: Filled | None = context.get(OWN)
        if own is None or (self.part == "button" and not own.button):
            return self._ours(context)
        if self.part == "opening":
            paragraphs = "\n\n".join(own.paragraphs)
            return linebreaks(paragraphs, autoescape=True) if context.autoescape else paragraphs
        text = {"summary": own.summary, "heading": own.subject, "button": own.button}[self.part]
        return render_value_in_context(text, context)

    def _ours(self, context: Context) -> str:
        ours = self.nodelist.render(context)
        heard = context.get(HEARD)
        if heard is not None:
            heard[self.part] = ours
        return ours


@register.tag
def wording(parser: Parser, token: Token) -> Node:
    """What an organization may replace."""
    _name, part = token.split_contents()
    if part not in PARTS:
        raise template.TemplateSyntaxError(f"{part} is none of {', '.join(PARTS)}.")
    nodelist = parser.parse(("endwording",))
    parser.delete_first_token()
    return WordingNode(part, nodelist)
