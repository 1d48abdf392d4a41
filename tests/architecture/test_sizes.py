"""Small pieces: what does not fit on a few screens is more than one thing."""

from pathlib import Path

import pytest

from tests.architecture.files import functions, modules, name, templates

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
LONGEST_TEMPLATE = 150


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long_functions(paths: list[Path]) -> list[str]:
    return [
        f"{name(path)}:{function.lineno} {function.name}"
        for path in paths
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]


def test_no_module_is_longer_than_400_lines() -> None:
    paths = modules("accounts", "mentoring", "programs", "tests")
    assert [name(path) for path in paths if lines(path) > LONGEST_MODULE] == []


def test_no_function_is_longer_than_40_lines() -> None:
    assert too_long_functions(modules()) == []


def test_no_template_is_longer_than_150_lines() -> None:
    assert [name(path) for path in templates() if lines(path) > LONGEST_TEMPLATE] == []


@pytest.mark.parametrize(("length", "found"), [(LONGEST_FUNCTION, 0), (LONGEST_FUNCTION + 1, 1)])
def test_the_guard_counts_a_function_from_its_name_to_its_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, length: int, found: int
) -> None:
    monkeypatch.setattr("tests.architecture.files.ROOT", tmp_path)
    path = tmp_path / "long.py"
    path.write_text("def long():\n" + "    pass\n" * (length - 1))
    assert len(too_long_functions([path])) == found
