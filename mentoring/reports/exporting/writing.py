"""Writing the tables of an export in its format."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from mentoring.lib.sheets.columns import Column, Out, Sheet
from mentoring.lib.sheets.csvs import Style, write_csv, write_zip
from mentoring.lib.sheets.workbooks import Book
from mentoring.reports.enums import ExportFormat
from mentoring.reports.exporting.board import write_board
from mentoring.reports.exporting.cover import lines_of
from mentoring.reports.exporting.pulse import Pulse
from mentoring.reports.exporting.registry import chosen
from mentoring.reports.exporting.scope import Scope
from mentoring.reports.exporting.tables.definitions import definitions
from mentoring.reports.models import Export


def write(export: Export, scope: Scope, out: Out, pulse: Pulse) -> None:
    """All of the file, in the language in force. Raises LostClaim."""
    match ExportFormat(export.format):
        case ExportFormat.CSV:
            _write_csv(export, scope, out, pulse)
        case ExportFormat.PDF:
            write_board(export, scope, out)
        case ExportFormat.XLSX:
            _write_workbook(export, scope, out, pulse)


def _sheets(export: Export, scope: Scope, pulse: Pulse) -> list[Sheet]:
    return [
        Sheet(each.key, str(each.title), each.columns(scope), pulse.counted(each.rows(scope)))
        for each in chosen(export.tables)
    ]


def _write_csv(export: Export, scope: Scope, out: Out, pulse: Pulse) -> None:
    sheets = _sheets(export, scope, pulse)
    style = Style(scope.zone, (_("yes"), _("no")), has_bom=export.has_bom)
    if len(sheets) == 1:
        write_csv(out, sheets[0], style)
        return
    about = Sheet("about", _("About"), _cover_columns(), lines_of(export, scope))
    everything = [about, *sheets, definitions(chosen(export.tables), scope)]
    write_zip(out, {f"{each.key}.csv": each for each in everything}, style)


def _write_workbook(export: Export, scope: Scope, out: Out, pulse: Pulse) -> None:
    with _folder(export.pk) as folder:
        title = f"{scope.organization.name} {scope.as_of.isoformat()}"
        book = Book(out, folder=folder, zone=scope.zone, title=title, created=scope.as_of)
        try:
            book.add_cover(_("Cover"), lines_of(export, scope))
            for sheet in _sheets(export, scope, pulse):
                book.add(sheet)
            book.add(definitions(chosen(export.tables), scope))
            book.close()
        finally:
            book.give_up()


def _cover_columns() -> tuple[Column, ...]:
    return Column("name", _("Name")), Column("value", _("Value"))


@contextmanager
def _folder(export_id: UUID) -> Iterator[Path]:
    """Where rows wait. What a worker that was killed has left goes first."""
    begin = f"mentoring-export-{export_id.hex}-"
    for left in _left(begin):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=begin) as name:
        yield Path(name)


def _left(begin: str) -> Iterable[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"{begin}*"))
