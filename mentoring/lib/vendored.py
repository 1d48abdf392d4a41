"""Third-party files that browsers get, pinned by hash in ``static/vendor/manifest.json``."""

import hashlib
import json
import re
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

MANIFEST = "manifest.json"
_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class VendoringFailed(Exception):
    """The registry's client could not fetch the package, or it lacks a file that we serve."""


@dataclass(frozen=True, slots=True)
class Vendor:
    """The folder of vendored files and the sprite that is made of its icons."""

    folder: Path
    sprite: Path

    def manifest(self) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads((self.folder / MANIFEST).read_text())
        return manifest

    def problems(self) -> Iterator[str]:
        """What differs between the manifest and the folder, one sentence each."""
        listed = {MANIFEST}
        for name, package in self.manifest().items():
            for target, entry in package["files"].items():
                listed.add(target)
                file = self.folder / target
                if not file.is_file():
                    yield f"{target} of {name} is missing."
                elif digest(file) != entry["sha256"]:
                    yield f"{target} of {name} differs from version {package['version']}."
        for file in sorted(self.folder.rglob("*")):
            if file.is_file() and file.relative_to(self.folder).as_posix() not in listed:
                yield f"{file.relative_to(self.folder)} is not in the manifest."
        if not self.sprite.is_file() or self.sprite.read_text() != self.drawn_sprite():
            yield f"{self.sprite.name} is not made of the vendored icons."

    def drawn_sprite(self) -> str:
        """All vendored icons as symbols of one file, in the order of their names."""
        symbols = [
            f'<symbol id="{icon.stem}" viewBox="0 0 24 24">{_drawing(icon)}</symbol>'
            for icon in sorted(self.folder.glob("lucide/*.svg"))
        ]
        lines = ['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>"]
        return "\n".join(lines) + "\n"

    def update(self, *, name: str, version: str, extra: dict[str, str]) -> None:
        """Fetch one package and write its listed files, their hashes and the sprite.

        ``extra`` adds files: the path here to the path in the package.
        """
        manifest = self.manifest()
        package = manifest[name]
        wanted = {target: entry["npm_file"] for target, entry in package["files"].items()} | extra
        with TemporaryDirectory() as scratch:
            source = _fetch(name, version, Path(scratch))
            package["version"] = json.loads((source / "package.json").read_text())["version"]
            package["files"] = {
                target: self._copy(source, wanted[target], target) for target in sorted(wanted)
            }
        text = json.dumps(manifest, indent=2, sort_keys=True) + "\n"
        (self.folder / MANIFEST).write_text(text)
        self.sprite.write_text(self.drawn_sprite())

    def _copy(self, source: Path, npm_file: str, target: str) -> dict[str, str]:
        if not (source / npm_file).is_file():
            raise VendoringFailed(f"The package has no file {npm_file}.")
        file = self.folder / target
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes((source / npm_file).read_bytes())
        return {"npm_file": npm_file, "sha256": digest(file)}


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _drawing(icon: Path) -> str:
    found = _INNER.search(icon.read_text())
    return " ".join(found.group(1).split()) if found else ""


def _fetch(name: str, version: str, scratch: Path) -> Path:
    package = f"{name}@{version}"
    command = ["npm", "pack", "--loglevel=error", package, "--pack-destination", str(scratch)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, cwd=scratch)
    except FileNotFoundError as error:
        raise VendoringFailed("npm is not installed.") from error
    except subprocess.CalledProcessError as error:
        raise VendoringFailed(f"npm could not fetch {name} {version}: {error.stderr}") from error
    archive = next(scratch.glob("*.tgz"))
    with tarfile.open(archive) as packed:
        packed.extractall(scratch, filter="data")
    return scratch / "package"
