"""Questions that come with the product: for every moment, in every language, once."""

from uuid import UUID

import pytest
from django.conf import settings
from django.utils.translation import override

from programs.default_questions import default_questions
from programs.enums import WAVES, Kind, Moment, QuestionKind, Side
from programs.models import FeedbackForm, FeedbackQuestion, Program
from programs.operations.programs import create_program
from programs.operations.questions import form_in_use
from tests.factories import create_organization, create_owner, inside
from tests.pairings.test_races import at_once

RATED, CHOICE, TEXT = QuestionKind.RATED, QuestionKind.CHOICE, QuestionKind.TEXT
KINDS = {
    Moment.PARTNER: ([RATED] * 4 + [TEXT], [RATED] * 5 + [TEXT]),
    Moment.BASELINE: ([RATED] * 2 + [TEXT],) * 2,
    Moment.INTRODUCTION: ([CHOICE, TEXT],) * 2,
    Moment.MIDPOINT: ([RATED] * 3 + [TEXT],) * 2,
    Moment.END: ([RATED] * 5 + [TEXT],) * 2,
    Moment.LATER: ([RATED] * 2 + [TEXT],) * 2,
}


def create(owner) -> Program:
    with inside(owner.organization_id):
        return create_program(name="Ours", kind=Kind.REVERSE, purpose="", actor=owner)


@pytest.mark.parametrize("moment", Moment)
def test_every_moment_has_short_forms_and_only_own_words_may_be_left_out(moment):
    asked = default_questions(moment, "en")

    kinds = tuple([each.kind for each in asked[side]] for side in (Side.MENTOR, Side.MENTEE))
    assert kinds == KINDS[moment]
    for each in (*asked[Side.MENTOR], *asked[Side.MENTEE]):
        assert each.is_required == (each.kind != TEXT)
        assert len(each.text) <= 300
        assert len(each.choices) == (3 if each.kind == CHOICE else 0)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_ours_are_in_the_organizations_language_and_translated_into_all_others(language):
    others = {code for code, _name in settings.LANGUAGES} - {language}
    for moment in Moment:
        for side, asked in default_questions(moment, language).items():
            assert {code for each in asked for code in each.translations} == others
            for code in others:
                there = default_questions(moment, code)[side]
                words = [(each.text, list(each.choices)) for each in there]
                translated = [each.translations[code] for each in asked]
                assert [(each["text"], each.get("choices", [])) for each in translated] == words


def test_the_language_of_the_reader_plays_no_part():
    with override("de"):
        first = default_questions(Moment.PARTNER, "en")[Side.MENTOR][1]
    assert first.text == "My partner engaged with our goals."
    with override("en"):
        german = default_questions(Moment.PARTNER, "de")[Side.MENTOR][1]
    assert german.text == first.translations["de"]["text"] != first.text
    assert german.translations["en"]["text"] == first.text


@pytest.mark.django_db
def test_a_program_gets_ours_when_somebody_first_looks_and_keeps_them():
    owner = create_owner(create_organization(language="de"))
    program = create(owner)
    with inside(owner.organization_id):
        moments = set(FeedbackForm.objects.values_list("moment", flat=True))
        form = form_in_use(program=program, moment=Moment.END, writer=Side.MENTEE)
        assert form_in_use(program=program, moment=Moment.END, writer=Side.MENTEE) == form
        stored = [(each.text, each.translations) for each in form.questions.all()]
    assert moments == {Moment.PARTNER}
    wanted = default_questions(Moment.END, "de")[Side.MENTEE]
    assert stored == [(each.text, each.translations) for each in wanted]


@pytest.mark.django_db
def test_a_side_without_a_form_gets_ours_and_the_other_keeps_its_own():
    owner = create_owner()
    program = create(owner)
    with inside(owner.organization_id):
        own = FeedbackForm.objects.create(program=program, moment=Moment.LATER, writer="mentor")
        FeedbackQuestion.objects.create(form=own, position=1, text="Own?")
        found = {
            side: form_in_use(program=program, moment=Moment.LATER, writer=side) for side in Side
        }
        assert found[Side.MENTOR] == own
        assert [each.kind for each in found[Side.MENTEE].questions.all()] == [RATED, RATED, TEXT]
    with inside(owner.organization_id):
        assert FeedbackForm.objects.filter(moment=Moment.LATER).count() == 2


def test_two_who_look_at_the_same_moment_get_the_same_form(committed_db):
    owner = create_owner()
    program = create(owner)

    def look(moment: Moment, side: Side):
        def deed() -> str:
            return str(form_in_use(program=program, moment=moment, writer=side).pk)

        return deed

    for moment in WAVES:
        first, second, third = at_once(
            owner.organization_id, *(look(moment, Side.MENTOR) for _ in range(3))
        )
        assert first == second == third
        with inside(owner.organization_id):
            forms = FeedbackForm.objects.filter(program=program, moment=moment)
            assert UUID(first) in forms.values_list("pk", flat=True)
            assert forms.count() == 2
            asked = FeedbackQuestion.objects.filter(form__in=forms).count()
        assert asked == sum(map(len, KINDS[moment]))
