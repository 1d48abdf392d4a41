"""The demo has a form with a question of its own, in both languages."""

import pytest

from mentoring.tenancy.scope import within
from programs.enums import Moment, QuestionKind
from programs.models import FeedbackForm, FeedbackQuestion
from programs.queries.questions import asked_in
from tests.console.test_demo import load, organization_of

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
TEXTS = {
    "en": "KANARI0 Where do the two of you meet best?",
    "de": "KANARI0 Wo treffen Sie beide sich am besten?",
}


def test_half_way_both_sides_are_asked_an_own_question_in_both_languages(capsys) -> None:
    [first, *_] = load(capsys, "--organizations", "1", "--people", "8", "--canary", "KANARI")
    with within(organization_of(first["email"])):
        own = FeedbackQuestion.objects.filter(kind=QuestionKind.CHOICE, text=TEXTS["en"])
        forms = list(FeedbackForm.objects.filter(pk__in=own.values("form")).order_by("-writer"))
        assert [(each.moment, each.writer) for each in forms] == [
            (Moment.MIDPOINT, "mentor"),
            (Moment.MIDPOINT, "mentee"),
        ]
        for form in forms:
            for language, text in TEXTS.items():
                assert asked_in(form, language)[3].text == text
            others = form.questions.exclude(pk__in=own)
            assert [bool(each.translations["de"]["text"]) for each in others] == [True] * 4
