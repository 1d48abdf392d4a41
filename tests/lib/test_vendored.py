"""What we serve of others is exactly what their package holds."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from mentoring.lib.vendored import MANIFEST, Vendor, digest


@pytest.fixture
def vendor(tmp_path: Path) -> Vendor:
    vendor = Vendor(folder=tmp_path / "vendor", sprite=tmp_path / "icons.svg")
    icon = vendor.folder / "lucide" / "x.svg"
    icon.parent.mkdir(parents=True)
    icon.write_text('<svg viewBox="0 0 24 24">\n  <path d="M0 0" />\n</svg>')
    files = {"lucide/x.svg": {"npm_file": "icons/x.svg", "sha256": digest(icon)}}
    package = {"version": "1.0.0", "licence": "ISC", "files": files}
    (vendor.folder / MANIFEST).write_text(json.dumps({"lucide-static": package}))
    vendor.sprite.write_text(vendor.drawn_sprite())
    return vendor


def test_untouched_files_have_no_problems(vendor: Vendor) -> None:
    assert list(vendor.problems()) == []


def test_an_icon_becomes_a_symbol(vendor: Vendor) -> None:
    assert '<symbol id="x" viewBox="0 0 24 24"><path d="M0 0" /></symbol>' in vendor.drawn_sprite()


def test_a_changed_file_is_named(vendor: Vendor) -> None:
    icon = vendor.folder / "lucide" / "x.svg"
    icon.write_text(icon.read_text() + "<!-- mine -->")
    assert list(vendor.problems()) == ["lucide/x.svg of lucide-static differs from version 1.0.0."]


def test_a_missing_file_is_named(vendor: Vendor) -> None:
    (vendor.folder / "lucide" / "x.svg").unlink()
    assert list(vendor.problems()) == [
        "lucide/x.svg of lucide-static is missing.",
        "icons.svg is not made of the vendored icons.",
    ]


def test_a_file_that_nobody_lists_is_named(vendor: Vendor) -> None:
    (vendor.folder / "stray.js").write_text("")
    assert list(vendor.problems()) == ["stray.js is not in the manifest."]


def test_a_sprite_that_was_edited_by_hand_is_named(vendor: Vendor) -> None:
    vendor.sprite.write_text("<svg></svg>")
    assert list(vendor.problems()) == ["icons.svg is not made of the vendored icons."]


def test_our_own_vendored_files_are_untouched(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("vendored", "check")
    assert capsys.readouterr().out == "Vendored files match the manifest.\n"


def test_every_package_brings_its_licence() -> None:
    manifest = json.loads((settings.ROOT / "static" / "vendor" / MANIFEST).read_text())
    for name, package in manifest.items():
        assert package["licence"] in {"MIT", "ISC", "OFL-1.1"}
        assert any(file.endswith("LICENSE") for file in package["files"]), name
