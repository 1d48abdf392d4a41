"""What programs start from, and copies of programs."""

import pytest
from django.utils import timezone, translation

from accounts.actions import name_of_fact
from accounts.enums import Reach, Role
from accounts.models import AuditEvent
from programs.blueprints import BLUEPRINTS, texts_for
from programs.enums import Audience, Cadence, CohortState, Kind, Side, Template
from programs.models import Cohort, FeedbackForm, FeedbackQuestion, PreparationItem, Program
from programs.operations.programs import create_program
from programs.operations.questions import mark_used
from programs.queries.programs import missing_for_launch
from programs.queries.questions import newest_forms
from programs.sections import FIELDS
from tests.factories import create_member, create_organization, create_owner, inside, login, url

pytestmark = pytest.mark.django_db


def make(owner, template=Template.SIX_MONTHS, kind=Kind.REVERSE, name="Ours") -> Program:
    with inside(owner.organization_id):
        return create_program(name=name, kind=kind, purpose="", actor=owner, template=template)


def items(program: Program) -> list[PreparationItem]:
    with inside(program.organization_id):
        return list(PreparationItem.objects.filter(program=program).order_by("position"))


@pytest.mark.parametrize(
    ("template", "cadence", "minutes", "months"),
    [
        (Template.SIX_MONTHS, Cadence.MONTHLY, 45, 6),
        (Template.THIRTY_MINUTES, Cadence.MONTHLY, 30, 12),
        (Template.QUARTERLY, Cadence.QUARTERLY, 120, 12),
        (Template.BLANK, Cadence.MONTHLY, 45, 6),
    ],
)
def test_a_template_sets_the_rhythm(template, cadence, minutes, months):
    program = make(create_owner(), template)

    assert (program.cadence, program.meeting_minutes) == (cadence, minutes)
    assert (program.length_months, program.grade_gap) == (months, 2)
    assert program.scheduling_owed_by == Side.MENTEE


def test_the_templates_are_shown_with_a_line_each(client):
    owner = create_owner()
    login(client, owner)

    page = client.get(url(owner, "program_new")).text

    for blueprint in BLUEPRINTS.values():
        assert f"?template={blueprint.template.value}" in page
        assert str(blueprint.line) in page


def test_an_unknown_template_shows_the_choice_again(client):
    owner = create_owner()
    login(client, owner)

    assert "?template=blank" in client.get(url(owner, "program_new"), {"template": "odd"}).text


def test_blank_brings_no_texts_but_still_asks_for_feedback():
    program = make(create_owner(), Template.BLANK)

    assert (program.agreement, items(program)) == ("", [])
    with inside(program.organization_id):
        assert [len(form.questions.all()) for form in newest_forms(program).values()] == [5, 6]


def test_the_texts_are_in_the_organizations_language_and_words():
    terms = {"mentor": {"one": "Lotse", "many": "Lotsen"}}
    owner = create_owner(create_organization(language="de", terms=terms))
    with translation.override("en"):
        program = make(owner)

    with translation.override("de"):
        wanted = texts_for(Template.SIX_MONTHS, kind=Kind.REVERSE, terms=terms)
    assert program.agreement == wanted.agreement
    assert [item.title for item in items(program)] == [item.title for item in wanted.items]
    assert "Lotsen" in items(program)[0].title


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_a_guide_for_both_sides(kind):
    found = items(make(create_owner(), kind=kind))

    assert [item.audience for item in found] == [Audience.MENTOR, Audience.MENTEE, Audience.BOTH]
    assert all(len(item.text) > 100 for item in found)


def test_what_is_missing_before_launch_is_named_with_the_page_that_mends_it(client):
    owner = create_owner()
    program = make(owner, Template.BLANK)
    login(client, owner)

    missing = missing_for_launch(program)

    assert [(each.code, each.view) for each in missing] == [
        ("purpose", "program_edit"),
        ("sponsor", "program_sponsor"),
        ("measures", "program_sponsor"),
        ("contact", "program_sponsor"),
        ("agreement", "program_agreement"),
    ]
    page = client.get(url(owner, "program", program.pk)).text
    for each in missing:
        assert str(each.text) in page
        assert url(owner, each.view, program.pk) in page


def test_a_sponsor_or_contact_who_left_is_missing_too():
    owner = create_owner()
    gone = create_member(owner.organization, deactivated_at=timezone.now())
    program = make(owner)
    program.purpose, program.outcome_measures = "Listen.", ["Mood"]
    program.sponsor = program.concern_contact = gone

    codes = [each.code for each in missing_for_launch(program)]

    assert codes == ["sponsor_left", "contact_left"]


def test_a_copy_has_the_settings_items_and_newest_questions_and_no_cohorts(client):
    owner = create_owner()
    program = make(owner)
    with inside(owner.organization_id):
        Program.objects.filter(pk=program.pk).update(
            sponsor=owner, outcome_measures=["Mood"], grade_gap=4, purpose="Listen."
        )
        item = PreparationItem.objects.filter(program=program).order_by("position").first()
        PreparationItem.objects.filter(pk=item.pk).update(archived_at=timezone.now())
        Cohort.objects.create(program=program, name="Spring")
        mark_used(form=newest_forms(program)[Side.MENTOR], now=timezone.now())
        newest = FeedbackForm.objects.create(program=program, writer="mentor", version=2)
        FeedbackQuestion.objects.create(form=newest, position=1, text="Newest?")
    login(client, owner)

    response = client.post(url(owner, "program_duplicate", program.pk))

    with inside(owner.organization_id):
        original = Program.objects.get(pk=program.pk)
        copy = Program.objects.get(name="Ours (copy)")
        for names in FIELDS.values():
            for name in names:
                if name != "name":
                    assert getattr(copy, name) == getattr(original, name), name
        assert copy.template == original.template
        assert not copy.cohorts.exists()
        asked = newest_forms(copy)
        assert [each.text for each in asked[Side.MENTOR].questions.all()] == ["Newest?"]
        assert {(form.version, form.used_at) for form in asked.values()} == {(1, None)}
        event = AuditEvent.objects.get(subject_id=copy.pk)
    assert [each.title for each in items(copy)] == [each.title for each in items(program)][1:]
    assert event.details == {"kind": "reverse", "copied_from": "Ours"}
    assert response.url == url(owner, "program", copy.pk)


def test_every_copy_gets_a_name_of_its_own(client):
    owner = create_owner()
    program = make(owner, name="x" * 120)
    login(client, owner)

    for _ in range(3):
        client.post(url(owner, "program_duplicate", program.pk))

    with inside(owner.organization_id):
        names = set(Program.objects.values_list("name", flat=True))
    assert len(names) == 4
    assert max(map(len, names)) == 120


def test_an_admin_of_named_programs_makes_no_copies(client):
    owner = create_owner()
    program = make(owner)
    admin = create_member(owner.organization, roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    login(client, admin)

    assert client.post(url(owner, "program_duplicate", program.pk)).status_code == 403


@pytest.mark.parametrize(
    ("state", "is_archived"),
    [
        (CohortState.DRAFT, True),
        (CohortState.ENROLLING, False),
        (CohortState.MATCHING, False),
        (CohortState.RUNNING, False),
        (CohortState.CLOSING, False),
        (CohortState.CLOSED, True),
    ],
)
def test_a_program_whose_cohorts_are_on_their_way_is_not_archived(client, state, is_archived):
    owner = create_owner()
    program = make(owner)
    with inside(owner.organization_id):
        Cohort.objects.create(program=program, name="Spring", state=state)
    login(client, owner)

    page = client.post(url(owner, "program_archive", program.pk), follow=True).text

    with inside(owner.organization_id):
        assert bool(Program.objects.get(pk=program.pk).archived_at) is is_archived
    refusal = "Ours is not archived: these cohorts are not closed yet: Spring."
    assert (refusal in page) is not is_archived


@pytest.mark.parametrize("count", [1, 12])
def test_a_program_page_costs_the_same_however_many_cohorts(
    client, django_assert_num_queries, count
):
    owner = create_owner()
    program = make(owner)
    with inside(owner.organization_id):
        for number in range(count):
            Cohort.objects.create(program=program, name=f"Cohort {number}")
    login(client, owner)
    client.get(url(owner, "program", program.pk))

    with django_assert_num_queries(16):
        page = client.get(url(owner, "program", program.pk))

    assert page.text.count('class="item-title"') == count


def test_the_list_shows_sponsor_and_cohorts(client, django_assert_num_queries):
    owner = create_owner()
    program = make(owner)
    with inside(owner.organization_id):
        Program.objects.filter(pk=program.pk).update(sponsor=owner)
        for number in range(3):
            Cohort.objects.create(program=program, name=f"Cohort {number}")
    login(client, owner)

    page = client.get(url(owner, "programs"), {"q": str(owner), "sort": "-cohorts"}).text

    assert f'<td data-label="Sponsor">{owner}</td>' in page
    assert '<td data-label="Cohorts" class="number">3</td>' in page


def test_every_setting_has_a_name_in_the_audit_log():
    names = [name for names in FIELDS.values() for name in names]
    assert [name for name in names if name_of_fact(name) == name] == []
