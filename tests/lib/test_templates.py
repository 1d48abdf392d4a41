"""Rules that every template and script keeps, whoever wrote it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

FOLDER = settings.ROOT / "templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
PAGES = [file for file in TEMPLATES if "mail" not in file.relative_to(FOLDER).as_posix()]
ICONS = {file.stem for file in (settings.ROOT / "static" / "vendor" / "lucide").glob("*.svg")}
PYTHON = [file for app in ("accounts", "mentoring") for file in (settings.ROOT / app).rglob("*.py")]
USED_ICON = re.compile(
    r"""<c-icon name="([\w-]+)"|\bicon(?:-end)?="([\w-]+)"|"icon": "([\w-]+)\""""
)
INLINE = re.compile(r"\sstyle\s*=|<style|\son\w+\s*=\s*[\"']|javascript:|hx-on|hx-vals=.js")


def name_of(file: Path) -> str:
    return file.relative_to(settings.ROOT).as_posix()


@pytest.mark.parametrize("file", PAGES, ids=name_of)
def test_a_page_has_no_inline_style_or_script(file: Path) -> None:
    text = file.read_text()
    assert not INLINE.search(text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_a_template_can_be_read_and_is_short(file: Path) -> None:
    get_template(file.relative_to(FOLDER).as_posix())
    assert len(file.read_text().splitlines()) <= 150


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    used = {
        name
        for file in [*TEMPLATES, *PYTHON]
        for names in USED_ICON.findall(file.read_text())
        for name in names
        if name
    }
    assert used - ICONS == set()


def test_nothing_is_fetched_from_elsewhere() -> None:
    css = "".join(file.read_text() for file in (settings.ROOT / "static" / "css").glob("*.css"))
    assert re.findall(r"https?://", css) == []
    for file in PAGES:
        assert not re.search(r"(?:src|href)=[\"']https?://", file.read_text()), name_of(file)
