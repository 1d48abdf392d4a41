"""The release that files name is the one of the project."""

from mentoring.lib.version import VERSION
from tests.architecture.files import pyproject


def test_files_name_the_version_of_the_project():
    assert pyproject()["project"]["version"] == VERSION
