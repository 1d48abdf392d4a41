"""What the content security policy forbids never gets into a template."""

import re
from pathlib import Path

import pytest

from tests.architecture.files import ROOT, name, templates

COMMENT = re.compile(r"{#.*?#}|{% comment .*?{% endcomment %}|<!--.*?-->", re.DOTALL)
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.DOTALL),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*application/json)"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.DOTALL),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "an evaluated htmx attribute": re.compile(r"\shx-on|\shx-(vals|vars)\s*=\s*[\"']js:"),
    "text marked as safe": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}
# Django promises that a help text is markup of the developer's.
MARKUP_OF_OURS = "django/forms/field.html"
# Mails have no such policy: their styles are written into each element before they are sent.
MAIL_LAYOUT = "layouts/mail.html"


def offences(text: str) -> list[str]:
    """What a template's text has that it may not have."""
    text = COMMENT.sub("", text)
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def pages() -> list[Path]:
    return [
        path
        for path in templates()
        if path.suffix == ".html" and not name(path).endswith(MAIL_LAYOUT)
    ]


def test_no_page_has_inline_style_or_script() -> None:
    found = {name(path): offences(path.read_text(encoding="utf-8")) for path in pages()}
    allowed = {name(ROOT / "templates" / MARKUP_OF_OURS): ["text marked as safe"]}
    assert {path: what for path, what in found.items() if what} == allowed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<p style="color: red">', ["a style attribute"]),
        ("<style>p {}</style>", ["a style element"]),
        ("<script>run()</script>", ["an inline script"]),
        ('<script nonce="{{ csp_nonce }}">run()</script>', ["an inline script"]),
        ('<script src="{% static "a.js" %}"></script>', []),
        ('<button onclick="run()">', ["an event attribute"]),
        ('<a href="javascript:run()">', ["a javascript address"]),
        ('<div hx-on:click="run()">', ["an evaluated htmx attribute"]),
        ("{{ note|safe }}", ["text marked as safe"]),
        ("{# style= and <script> in a comment #}", []),
        ('<p class="style">once = upon</p>', []),
    ],
)
def test_the_guard_knows_them_all(text: str, found: list[str]) -> None:
    assert offences(text) == found
