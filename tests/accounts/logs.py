"""The whole log of messages as its readers see it: every tab, and the work behind."""

from typing import Any

from mentoring.outbox.log import Tab
from tests.factories import login, url


def whole_log(client: Any, member: Any) -> str:
    client = login(client, member)
    pages = [
        client.get(url(member, "message_log"), {"tab": tab, **way, "size": "100"})
        for tab in Tab
        for way in ({}, {"way": "work"})
    ]
    assert {each.status_code for each in pages} == {200}
    return "".join(each.text for each in pages)
