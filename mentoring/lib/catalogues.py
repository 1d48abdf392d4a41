"""Message catalogues in pure Python, so that no GNU gettext is needed.

Texts come from Python files and, through Django's own reading of them, from templates.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATES = {".html", ".txt", ".subject"}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
WIDTH = 100
COMMENT = "# Translations of the product's texts."
NOISE = ("Project-Id", "Report-", "POT-", "PO-", "Last-", "Language-Team", "Generated-By")


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The texts of the sources and their translations under ``folder``."""

    root: Path
    sources: tuple[str, ...]
    folder: Path
    languages: tuple[str, ...]

    def extracted(self) -> Catalog:
        """Every text found in the sources, in the order of their places."""
        catalog = Catalog(fuzzy=False)
        for file in self._files():
            place = file.relative_to(self.root).as_posix()
            for line, texts, comments, context in _texts(file):
                catalog.add(texts, None, [(place, line)], auto_comments=comments, context=context)
        return catalog

    def update(self) -> None:
        """Add new texts without translation and drop those that are gone."""
        found = self.extracted()
        for language in self.languages:
            catalog = self.read(language)
            catalog.update(found, no_fuzzy_matching=True)
            catalog.obsolete.clear()
            self.write(language, catalog)

    def problems(self) -> Iterator[str]:
        """What keeps a language from being complete and right, one sentence each."""
        found = self.extracted()
        for language in self.languages:
            catalog = self.read(language)
            for wanted in found:
                if wanted.id:
                    given = catalog.get(_first(wanted), wanted.context)
                    yield from _faults(language, wanted, given)
            for message in [*catalog, *catalog.obsolete.values()]:
                if message.id and found.get(_first(message), message.context) is None:
                    yield f"{language}: no longer used: {_first(message)!r}"

    def compile(self) -> None:
        """Write the binary catalogues that Django reads."""
        for language in self.languages:
            written = io.BytesIO()
            write_mo(written, self.read(language))
            self._path(language, "mo").write_bytes(written.getvalue())

    def read(self, language: str) -> Catalog:
        """The language's translations, which may be none yet."""
        path = self._path(language, "po")
        if not path.is_file():
            return Catalog(locale=language, header_comment=COMMENT, fuzzy=False)
        return read_po(io.BytesIO(path.read_bytes()), locale=language)

    def write(self, language: str, catalog: Catalog) -> None:
        """Without line numbers and dates, so that nothing changes but texts."""
        written = io.BytesIO()
        write_po(written, catalog, width=WIDTH, include_lineno=False, ignore_obsolete=True)
        path = self._path(language, "po")
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = written.getvalue().decode().splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(tuple(f'"{word}' for word in NOISE))]
        path.write_text("".join(kept), encoding="utf-8")

    def _path(self, language: str, ending: str) -> Path:
        return self.folder / language / "LC_MESSAGES" / f"django.{ending}"

    def _files(self) -> list[Path]:
        every = chain.from_iterable((self.root / source).rglob("*") for source in self.sources)
        return sorted(file for file in every if file.suffix in {".py", *TEMPLATES})


type Found = tuple[int, str | tuple[str, ...], list[str], str | None]


def _texts(file: Path) -> Iterable[Found]:
    source = file.read_text(encoding="utf-8")
    if file.suffix in TEMPLATES:
        source = _as_python(source, file)
    stream = io.BytesIO(source.encode())
    found: Iterable[Found] = extract(
        "python", stream, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    )
    return found


def _as_python(source: str, file: Path) -> str:
    """A template's texts as calls; without indentation, which would mean something."""
    calls = templatize(source, origin=str(file))
    return "\n".join(line.lstrip() for line in calls.splitlines())


def _faults(language: str, wanted: Message, given: Message | None) -> Iterator[str]:
    text = _first(wanted)
    forms = [] if given is None else _all(given.string)
    if not forms or not all(forms):
        yield f"{language}: not translated: {text!r}"
    elif given is not None and given.fuzzy:
        yield f"{language}: marked as fuzzy: {text!r}"
    elif not _same_placeholders(wanted, forms):
        yield f"{language}: placeholders differ: {text!r}"
    elif isinstance(wanted.id, tuple) != (len(forms) > 1):
        yield f"{language}: plural forms differ: {text!r}"


def _same_placeholders(wanted: Message, forms: list[str]) -> bool:
    """A single form may say "one" instead of the number; the last form has all."""
    ids = _all(wanted.id)
    known = {found for each in ids for found in PLACEHOLDER.findall(each)}
    last = sorted(PLACEHOLDER.findall(ids[-1])) == sorted(PLACEHOLDER.findall(forms[-1]))
    return last and all(set(PLACEHOLDER.findall(form)) <= known for form in forms)


def _first(message: Message) -> str:
    return _all(message.id)[0]


def _all(texts: Any) -> list[str]:
    """A text, or a text and its plural forms."""
    return [str(text) for text in texts] if isinstance(texts, (tuple, list)) else [str(texts)]
