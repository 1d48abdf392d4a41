"""PDFs that can be read aloud as well as looked at, made from templates."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation


def render_pdf(template: str, context: Mapping[str, Any], *, language: str, title: str) -> bytes:
    """The template, which extends ``pdfs/base.html``, as a PDF that follows PDF/UA-1.

    It loads our own static files only; any other address in it is left out. A control
    character that somebody typed must not reach it: XML knows none.
    """
    with translation.override(language):
        html = render_to_string(template, {**context, "language": language, "title": title})
    # The library takes a second and 50 MB, which a process pays only once it makes PDFs.
    typesetting = import_module("mentoring.lib.typesetting")
    made: bytes = typesetting.typeset(html)
    return made
