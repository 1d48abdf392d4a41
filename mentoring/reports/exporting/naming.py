"""What the files of exports are called and what browsers take them for."""

from collections.abc import Iterable
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from mentoring.reports.enums import ExportFormat
from mentoring.reports.exporting.tables.base import Table

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def file_name(slug: str, tables: list[Table], wanted: str, as_of: date) -> str:
    """Organization, table and day; several tables as text are an archive."""
    is_one = len(tables) == 1 and wanted != ExportFormat.PDF
    about = slugify(str(tables[0].title)) if is_one else slugify(_("Report"))
    return f"{slug}-{about}-{as_of.isoformat()}.{ending(tables, wanted)}"


def ending(tables: Iterable[Table], wanted: str) -> str:
    is_archive = wanted == ExportFormat.CSV and len(list(tables)) > 1
    return "zip" if is_archive else wanted


def content_type(name: str) -> str:
    return TYPES[name.rpartition(".")[2]]
