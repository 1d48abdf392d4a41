"""Demo organizations have questions of their own."""

import pytest

from mentoring.console.demo.library import HIDDEN, OWN
from mentoring.tenancy.scope import within
from programs.models import HiddenQuestion, LibraryQuestion
from tests.console.test_demo import load, organization_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])


def test_own_questions_are_marked_and_one_is_archived(capsys) -> None:
    [first, *_] = load(capsys, "--organizations", "1", "--people", "8", "--canary", "KANARI")
    with within(organization_of(first["email"])):
        rows = LibraryQuestion.objects.select_related("family")
        texts = [row.text for row in rows]
        families = {row.family.origin for row in rows if row.family}
        assert LibraryQuestion.objects.in_use().count() == len(OWN) - 1
        assert list(HiddenQuestion.objects.values_list("key", flat=True)) == [HIDDEN]
    assert sorted(texts) == sorted(f"KANARI0 {text}" for _stage, _subject, text in OWN)
    assert families == {"technology", "unseen", "trends"}
