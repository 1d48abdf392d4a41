"""In production every static file has a name that changes with its content."""

import json
import re
from pathlib import Path

from django.core.management import call_command
from pytest_django import Settings


def collect(settings: Settings, folder: Path) -> None:
    settings.STATIC_ROOT = folder
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "mentoring.lib.storage.StaticStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)


def test_everything_that_pages_and_files_name_can_be_collected(
    settings: Settings, tmp_path: Path
) -> None:
    collect(settings, tmp_path)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    app = tmp_path / names["js/app.js"]
    imported = re.findall(r'from "\./([^"]+)"', app.read_text())
    assert imported
    assert all(re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name) for name in imported)
    assert all((tmp_path / "js" / name).is_file() for name in imported)
    fonts = tmp_path / names["css/fonts.css"]
    named = re.findall(r'url\("\.\./([^"]+)"\)', fonts.read_text())
    assert all((tmp_path / name).is_file() for name in named)
