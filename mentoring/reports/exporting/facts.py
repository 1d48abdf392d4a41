"""What the audit log says of an export, for good: what, of which day, for what; never a figure."""

from typing import Any

from mentoring.reports.exporting.registry import chosen
from mentoring.reports.models import Export
from mentoring.reports.models.export import Wanted


def facts_of(wanted: Wanted) -> dict[str, Any]:
    found: dict[str, Any] = {
        "export_tables": ", ".join(wanted.tables),
        "export_format": wanted.format,
        "export_purpose": wanted.purpose,
        "export_without_names": wanted.is_pseudonymous,
    }
    if wanted.filters:
        narrowed = (f"{name}: {', '.join(found)}" for name, found in wanted.filters.items())
        found["export_filters"] = "; ".join(narrowed)
    if isinstance(wanted, Export):
        found["export_as_of"] = wanted.as_of.isoformat()
    return found


def subject_of(wanted: Wanted) -> str:
    """The tables in words, as lists and logs call it."""
    return ", ".join(str(each.title) for each in chosen(wanted.tables))
