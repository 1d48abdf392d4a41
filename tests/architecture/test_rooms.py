"""What import contracts cannot see: how a view asks, and that no import hides in a function."""

import ast
from pathlib import Path

import pytest

from tests.architecture.files import functions, modules, name

ONLY_A_TYPE = {"QuerySet"}
ORM = {"objects", "_base_manager", "_default_manager"}


def views() -> list[Path]:
    return [path for path in modules() if "views" in {path.stem, path.parent.name}]


def orm_in(source: str) -> list[int]:
    """The lines that talk to the database themselves."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr in ORM)
        or (
            isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("django.db")
            and {alias.name for alias in node.names} - ONLY_A_TYPE
        )
    ]


def inner_imports(path: Path) -> list[str]:
    return [
        f"{name(path)}:{node.lineno}"
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def test_no_view_talks_to_the_database_itself() -> None:
    found = {name(path): orm_in(path.read_text(encoding="utf-8")) for path in views()}
    assert found
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_import_hides_in_a_function() -> None:
    assert [place for path in modules() for place in inner_imports(path)] == []


def test_the_library_has_no_tables() -> None:
    found = [path for path in modules("mentoring/lib") if path.stem == "models"]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "Member.objects.all()",
        "from django.db import transaction",
        "from django.db.models import Q",
        "Member._base_manager.get()",
    ],
)
def test_the_guard_recognizes_a_query(source: str) -> None:
    assert orm_in(source) == [1]
