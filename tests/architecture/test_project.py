"""The project file and what surrounds the code agree with it."""

import re

import pytest

from tests.architecture.files import PACKAGES, ROOT, modules, name, pyproject

REQUIREMENT = re.compile(
    r'^    "(?P<name>[\w.-]+)(\[[\w,]+\])?(?P<bound>[^"]*)",(?P<rest>.*)$', re.MULTILINE
)
LOCKED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)", re.MULTILINE)
VARIABLE = re.compile(
    r"(?:env\.\w+|database|environ\.get|given\.get|getenv)\(\s*[\"']([A-Z][A-Z_]+)[\"']"
    r"|environ\[[\"']([A-Z][A-Z_]+)[\"']\]"
)
OF_THE_SYSTEM = {"SHELL", "NO_COLOR"}
# Read by docker compose and by the test runner, not by a module.
READ_ELSEWHERE = {"POSTGRES_PASSWORD", "CHROMIUM", "ADMIN_DATABASE_URL"}


def requirement_lines() -> list[re.Match[str]]:
    """The lines of all dependencies, up to the first tool's settings."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\n[tool.")[0]
    return list(REQUIREMENT.finditer(text))


def declared() -> set[str]:
    """The names of all dependencies, as tools read them."""
    project = pyproject()
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    return {
        re.split(r"[\[><=~! ]", each)[0]
        for group in groups
        for each in group
        if isinstance(each, str)
    }


def test_every_dependency_has_a_lower_bound_and_a_reason() -> None:
    lines = {line["name"]: line for line in requirement_lines()}
    assert set(lines) == declared()
    without = [
        key
        for key, line in lines.items()
        if not re.match(r">=\d", line["bound"]) or not re.search(r"#.*\w{3}", line["rest"])
    ]
    assert without == []


def test_every_dependency_is_locked_with_hashes_and_no_index() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {match["name"] for match in LOCKED.finditer(text)}
    assert declared() <= locked
    assert len(LOCKED.findall(text)) == len(
        re.findall(r"^\S.*\n    --hash=sha256:", text, re.MULTILINE)
    )
    assert "://" not in text


def test_every_package_is_checked_by_every_tool_and_in_the_image() -> None:
    tools = pyproject()["tool"]
    image = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    floors = " ".join(tools["importlinter"]["contracts"][0]["layers"])
    missing = [
        package
        for package in PACKAGES
        if package not in tools["mypy"]["files"]
        or package not in tools["importlinter"]["root_packages"]
        or f"!{package}" not in image
        or (package != "mentoring" and package not in floors)
    ]
    assert missing == []


def test_every_part_of_mentoring_stands_on_a_floor() -> None:
    floors = " ".join(pyproject()["tool"]["importlinter"]["contracts"][0]["layers"]).split()
    parts = {
        f"mentoring.{path.stem}"
        for path in (ROOT / "mentoring").iterdir()
        if path.name != "__init__.py" and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    assert parts - set(floors) == set()


def test_every_variable_that_is_read_is_explained_and_no_other() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in modules())
    read = {first or second for first, second in VARIABLE.findall(code)} - OF_THE_SYSTEM
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    explained = set(re.findall(r"^#?([A-Z][A-Z_]+)=", example, re.MULTILINE))
    assert read - explained - {"DJANGO_SETTINGS_MODULE"} == set()
    assert explained - read - READ_ELSEWHERE == set()


def test_the_image_has_the_python_of_the_project() -> None:
    version = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    images = re.findall(
        r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(images) == {f"python:{version}-slim"}


def test_the_image_has_the_libraries_that_a_checkout_gets() -> None:
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    bootstrap = (ROOT / "mentoring" / "local" / "bootstrap.sh").read_text(encoding="utf-8")
    wanted = re.findall(r'^LIBRARIES="(.+)"', bootstrap, re.MULTILINE)
    assert wanted == re.findall(r"--no-install-recommends (lib.+?) \\", image)


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later(word: str) -> None:
    paths = [path for path in modules() if path.is_file()]
    assert [name(path) for path in paths if word in path.read_text(encoding="utf-8")] == []
