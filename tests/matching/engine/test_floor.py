"""The engine stands alone: no Django, nothing else of the product."""

import ast
import sys

from tests.architecture.files import modules, name

OWN = "mentoring.matching.engine"
OUTSIDE = {"numpy", "numba", "threadpoolctl"}


def imported(source: str) -> set[str]:
    tree = ast.parse(source)
    found = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def allowed(module: str) -> bool:
    first = module.partition(".")[0]
    return module.startswith(OWN) or first in OUTSIDE or first in sys.stdlib_module_names


def test_the_engine_imports_numpy_numba_threadpoolctl_and_itself_only() -> None:
    paths = modules("mentoring/matching/engine")
    assert len(paths) > 10
    found = {name(path): imported(path.read_text(encoding="utf-8")) for path in paths}
    strange = {path: {each for each in names if not allowed(each)} for path, names in found.items()}
    assert {path: names for path, names in strange.items() if names} == {}
