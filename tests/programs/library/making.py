"""Questions of a library, for tests."""

import re
from typing import Any

from django.utils import timezone

from accounts.models import AuditEvent, Member
from programs.enums import Stage
from programs.models import LibraryQuestion, TopicFamily
from programs.operations.library import add_question
from tests.factories import inside, login, url

HOW = "How do we really décide, and who’s asked?"


def create_family(member: Member, name: str = "Technology", origin: str = "") -> TopicFamily:
    with inside(member.organization_id):
        made: TopicFamily = TopicFamily.objects.create(name=name, origin=origin)
        return made


def add(
    member: Member, text: str = HOW, *, stage: Stage = Stage.FIRST, family: Any = None
) -> LibraryQuestion:
    with inside(member.organization_id):
        return add_question(stage=stage, family=family, text=text, actor=member, now=timezone.now())


def own_texts(member: Member) -> list[str]:
    with inside(member.organization_id):
        return list(LibraryQuestion.objects.order_by("text").values_list("text", flat=True))


def audited(member: Member) -> list[tuple[str, str]]:
    with inside(member.organization_id):
        rows = AuditEvent.objects.filter(action__startswith="library").order_by("at", "pk")
        return list(rows.values_list("action", "subject_name"))


def look(client: Any, member: Member, **query: Any) -> str:
    """The library as a member sees it."""
    page: str = login(client, member).get(url(member, "question_library"), query).text
    return page.split("<main")[1]


def questions_on(page: str) -> list[str]:
    return [each.strip() for each in re.findall(r'<p class="library-text">(.*?)</p>', page)]
