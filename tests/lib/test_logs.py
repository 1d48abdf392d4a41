"""Log lines carry ids, and neither bodies nor tokens nor addresses."""

import io
import json
import logging
import logging.config
from collections.abc import Callable, Iterator

import pytest
import structlog
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from mentoring.lib.ids import uuid7
from mentoring.lib.logs import logging_config
from tests.factories import create_owner, create_user, login, url

TOKEN = "A" * 43


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict]]]:
    """What the log of a production process says, line by line."""
    stream = io.StringIO()
    formatter = logging_config(level="INFO", style="json")["formatters"]["lines"]
    handler = logging.StreamHandler(stream)
    options = {name: value for name, value in formatter.items() if name != "()"}
    handler.setFormatter(formatter["()"](**options))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_request_is_logged_with_the_ids_of_request_organization_and_member(
    db: None, client: Client, lines: Callable[[], list[dict]]
) -> None:
    owner = create_owner()
    login(client, owner)
    client.get(url(owner, "people"), {"q": "anna@example.org"})
    finished = [line for line in lines() if line["event"] == "request_finished"][-1]
    assert finished["organization_id"] == str(owner.organization_id)
    assert finished["member_id"] == str(owner.pk)
    assert finished["user_id"] == str(owner.user_id)
    assert finished["request_id"]
    assert finished["request"] == "GET /o/<slug:organization>/people/"
    assert "anna@example.org" not in json.dumps(lines())


def test_a_token_in_a_path_is_not_logged_even_when_it_is_wrong(
    db: None, client: Client, lines: Callable[[], list[dict]]
) -> None:
    client.get(f"/invitations/{uuid7()}/{TOKEN}/")
    client.get(f"/no/such/page/{TOKEN}/?token={TOKEN}")
    assert lines()
    assert TOKEN not in json.dumps(lines())


def test_what_people_type_is_not_logged(
    committed_db: None, client: Client, lines: Callable[[], list[dict]]
) -> None:
    client.post("/accounts/login/", {"login": "anna@example.org", "password": "her secret words"})
    assert lines()
    assert "anna@example.org" not in json.dumps(lines())
    assert "her secret words" not in json.dumps(lines())


def test_the_database_quotes_values_and_the_log_does_not(
    db: None, lines: Callable[[], list[dict]]
) -> None:
    create_user(email="anna@example.org")
    try:
        User.objects.create_user("anna@example.org", None, name="Anna")
    except IntegrityError:
        structlog.get_logger("test").exception("failed")
    [line] = [line for line in lines() if line["event"] == "failed"]
    assert "accounts_user_email_once" in line["exception"]
    assert "anna@example.org" not in line["exception"]
    assert "Key (lower(email::text))=(…) already exists." in line["exception"]


def test_text_for_people_is_colored_and_leaves_the_same_things_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    config = logging_config(level="INFO", style="console")
    formatter = config["formatters"]["lines"]
    options = {name: value for name, value in formatter.items() if name != "()"}
    record = logging.LogRecord("x", logging.INFO, "", 1, "mail to anna@example.org", (), None)
    assert "…@…" in formatter["()"](**options).format(record)
