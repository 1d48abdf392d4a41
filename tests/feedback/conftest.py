"""Mail that is kept in a folder."""

from tests.programs.people.conftest import mails

__all__ = ["mails"]
