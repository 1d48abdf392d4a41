"""The wizard: every step is saved by itself, and is an edit page later."""

import pytest

from accounts.models import AuditEvent, Grade
from programs.agreements import default_agreement_in
from programs.enums import Cadence, Kind, Side
from programs.models import Program
from programs.operations import programs as operations
from tests.factories import (
    create_listed,
    create_member,
    create_organization,
    create_owner,
    inside,
    login,
    reload,
    url,
)
from tests.programs.pages import fields_of, send

pytestmark = pytest.mark.django_db
STEPS = ["edit", "sponsor", "pairs", "rhythm", "agreement", "preparation", "questions"]


def create_program(owner, **fields) -> Program:
    with inside(owner.organization_id):
        values = {"name": "Reverse", "kind": Kind.REVERSE, "purpose": "Listen.", **fields}
        return operations.create_program(actor=owner, **values)


def last_event(owner):
    with inside(owner.organization_id):
        return AuditEvent.objects.order_by("at", "pk").last()


def test_the_wizard_leads_through_all_steps_and_keeps_everything(client):
    owner = create_owner()
    leader = create_member(owner.organization, name="Lena Leader")
    helper = create_listed(owner.organization, name="Hugo Helper")
    login(client, owner)
    address = f"{url(owner, 'program_new')}?template=thirty_minutes"

    response = send(client, address, name="Ours", purpose="Listen.")
    assert response.status_code == 302
    response = send(
        client,
        response.url,
        sponsor=str(leader.pk),
        outcome_measures=["Mood", "Ideas"],
        concern_contact=str(helper.pk),
        do="next",
    )
    assert response.status_code == 302
    response = send(client, response.url, grade_gap="3", criteria="For women.", do="next")
    response = send(client, response.url, meeting_minutes="50", do="next")
    response = send(client, response.url, agreement="Ours alone.", do="next")
    response = send(client, response.url, do="next")
    response = send(client, response.url, do="next")

    with inside(owner.organization_id):
        program = Program.objects.select_related("sponsor", "concern_contact").get()
    assert response.url == url(owner, "program", program.pk)
    assert (program.sponsor, program.concern_contact) == (leader, helper)
    assert program.outcome_measures == ["Mood", "Ideas"]
    assert (program.grade_gap, program.criteria) == (3, "For women.")
    assert (program.cadence, program.meeting_minutes) == (Cadence.MONTHLY, 50)
    assert (program.length_months, program.agreement) == (12, "Ours alone.")
    page = client.get(response.url).text
    assert "What is missing before launch" not in page


def test_one_may_stop_anywhere_and_go_on_later(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    address = f"{url(owner, 'program_rhythm', program.pk)}?setup=yes"

    response = send(client, address, length_months="9", do="later")

    assert response.url == url(owner, "program", program.pk)
    assert reload(program).length_months == 9


def test_going_back_saves_too(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    address = f"{url(owner, 'program_rhythm', program.pk)}?setup=yes"

    response = send(client, address, length_months="9", do="back")

    assert response.url == f"{url(owner, 'program_pairs', program.pk)}?setup=yes"
    assert reload(program).length_months == 9


def test_later_a_step_is_an_edit_page_that_leads_back(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    address = url(owner, "program_pairs", program.pk)

    page = client.get(address)
    response = send(client, address, page, grade_gap="1")

    assert "Step 3 of 7" not in page.text
    assert response.url == url(owner, "program", program.pk)
    assert reload(program).grade_gap == 1
    assert last_event(owner).details == {"grade_gap": [2, 1]}


def test_saving_without_a_change_leaves_no_trace(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    before = last_event(owner)

    for view in ("edit", "sponsor", "pairs", "rhythm", "agreement", "questions"):
        assert send(client, url(owner, f"program_{view}", program.pk)).status_code == 302

    assert last_event(owner) == before


@pytest.mark.parametrize(
    ("view", "field", "theirs", "mine"),
    [
        ("program_edit", "purpose", "Theirs", "Mine"),
        ("program_sponsor", "outcome_measures", ["Theirs"], ["Mine", "Mine too"]),
        ("program_pairs", "criteria", "Theirs", "Mine"),
        ("program_rhythm", "length_months", "7", "8"),
        ("program_agreement", "agreement", "Theirs", "Mine"),
    ],
)
def test_the_second_of_two_admins_is_told_and_loses_nothing(client, view, field, theirs, mine):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    address = url(owner, view, program.pk)
    stale = client.get(address)
    send(client, address, **{field: theirs})

    refused = send(client, address, stale, **{field: mine})

    assert "Somebody else changed these settings" in refused.text
    kept = fields_of(refused)[field]
    assert kept == (mine if isinstance(mine, list) else [mine])
    assert str(getattr(reload(program), field)) == str(theirs)
    again = send(client, address, refused)
    assert again.status_code == 302
    assert str(getattr(reload(program), field)) == str(mine)


def test_two_admins_who_edit_different_steps_do_not_disturb_each_other(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    stale = client.get(url(owner, "program_rhythm", program.pk))
    send(client, url(owner, "program_pairs", program.pk), grade_gap="4")

    response = send(client, url(owner, "program_rhythm", program.pk), stale, length_months="9")

    assert response.status_code == 302
    assert (reload(program).grade_gap, reload(program).length_months) == (4, 9)


def test_lines_are_added_and_removed_without_javascript_and_without_saving(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    address = url(owner, "program_sponsor", program.pk)

    more = send(client, address, outcome_measures=["One", "Two"], do="outcome_measures:add")
    assert fields_of(more)["outcome_measures"] == ["One", "Two", ""]
    fewer = send(client, address, more, do="outcome_measures:remove:0")
    assert fields_of(fewer)["outcome_measures"] == ["Two", ""]
    assert reload(program).outcome_measures == []

    send(client, address, fewer)
    assert reload(program).outcome_measures == ["Two"]
    assert last_event(owner).details == {"outcome_measures": [[], ["Two"]]}


def test_people_are_found_by_a_button_and_nothing_typed_is_lost(client):
    owner = create_owner()
    leader = create_member(owner.organization, name="Lena Leader")
    program = create_program(owner)
    login(client, owner)
    address = url(owner, "program_sponsor", program.pk)

    found = send(client, address, sponsor_q="lena", outcome_measures=["One"], do="sponsor:find")

    assert str(leader.pk) in found.text
    assert fields_of(found)["outcome_measures"] == ["One"]
    assert "Please look at this again" not in found.text
    send(client, address, found, sponsor=str(leader.pk))
    assert reload(program).sponsor_id == leader.pk
    assert last_event(owner).details["sponsor"] == [None, "Lena Leader"]


def test_nobody_from_elsewhere_and_nobody_who_left_becomes_sponsor(client):
    owner, stranger = create_owner(), create_owner()
    gone = create_member(owner.organization, deactivated_at=owner.joined_at)
    program = create_program(owner)
    login(client, owner)
    address = url(owner, "program_sponsor", program.pk)

    answers = [send(client, address, sponsor=str(each.pk)).text for each in (stranger, gone)]

    assert ["is not with the organization any more" in text for text in answers] == [True, True]
    assert reload(program).sponsor_id is None


def test_words_that_were_searched_but_nobody_chosen_are_not_passed_over(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)

    answer = send(client, url(owner, "program_sponsor", program.pk), sponsor_q="Person")

    assert "Choose one of the people found" in answer.text


def test_a_sponsor_who_is_the_contact_too_is_mildly_questioned(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    address = url(owner, "program_sponsor", program.pk)

    saved = send(client, address, sponsor=str(owner.pk), concern_contact=str(owner.pk))

    assert saved.status_code == 302
    assert "The sponsor is also the contact for concerns." in client.get(address).text


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        ("reverse", "Who takes part as leader stands at least 2 grades above the guide."),
        ("traditional", "Who takes part as guide stands at least 2 grades above the leader."),
        ("mutual", "Both learn from each other, so nobody has to be more senior than the other."),
    ],
)
def test_the_kind_decides_who_stands_above_whom_in_the_organizations_words(client, kind, rule):
    terms = {
        "mentor": {"one": "guide", "many": "guides"},
        "mentee": {"one": "leader", "many": "leaders"},
    }
    owner = create_owner(create_organization(terms=terms))
    with inside(owner.organization_id):
        for rank, name in enumerate(("Analyst", "Manager", "Director"), start=1):
            Grade.objects.create(name=name, rank=rank)
    program = create_program(owner, kind=Kind(kind))
    login(client, owner)

    page = client.get(url(owner, "program_pairs", program.pk)).text

    assert rule in page
    assert ("For example “Analyst” with “Director” or above." in page) is (kind != "mutual")
    assert ('name="grade_gap"' in page) is (kind != "mutual")


def test_grades_that_do_not_reach_far_enough_are_named(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    address = url(owner, "program_pairs", program.pk)

    assert "There are no grades yet." in client.get(address).text
    with inside(owner.organization_id):
        Grade.objects.create(name="Analyst", rank=1)
    assert "with this gap nobody fits anybody" in client.get(address).text


@pytest.mark.parametrize("minutes", [15, 44, 45, 180])
def test_short_meetings_are_a_hint_and_never_refused(client, minutes):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    address = url(owner, "program_rhythm", program.pk)

    assert send(client, address, meeting_minutes=str(minutes)).status_code == 302

    hint = f"{minutes} minutes are short."
    assert (hint in client.get(address).text) is (minutes < 45)


@pytest.mark.parametrize(
    ("view", "field", "value"),
    [
        ("program_rhythm", "meeting_minutes", "14"),
        ("program_rhythm", "meeting_minutes", "181"),
        ("program_rhythm", "length_months", "0"),
        ("program_rhythm", "proposal_reminder_days", "5"),
        ("program_pairs", "grade_gap", "0"),
    ],
)
def test_what_cannot_work_is_refused(client, view, field, value):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)

    answer = send(client, url(owner, view, program.pk), **{field: value})

    assert answer.status_code == 200
    assert "Please look at this again" in answer.text
    assert getattr(reload(program), field) == getattr(program, field)


def test_who_owes_scheduling_is_said_with_the_kind(client):
    owner = create_owner()
    program = create_program(owner, kind=Kind.TRADITIONAL)
    login(client, owner)
    address = url(owner, "program_rhythm", program.pk)

    assert "Mentor, the senior one" in client.get(address).text
    send(client, address, scheduling_owed_by="mentor")
    assert reload(program).scheduling_owed_by == Side.MENTOR


def test_the_agreement_is_previewed_and_reset_without_being_saved(client):
    owner = create_owner(create_organization(language="de"))
    program = create_program(owner)
    login(client, owner)
    address = url(owner, "program_agreement", program.pk)

    shown = send(client, address, agreement="First.\n\nSecond.", do="agreement:preview")
    assert "<p>First.</p>" in shown.text
    reset = send(client, address, shown, do="agreement:default")
    assert fields_of(reset)["agreement"] == [default_agreement_in("de")]
    assert reload(program).agreement == ""


@pytest.mark.parametrize("step", STEPS)
def test_each_step_costs_few_queries(client, django_assert_max_num_queries, step):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)
    address = url(owner, f"program_{step}", program.pk)
    client.get(address)

    with django_assert_max_num_queries(14):
        assert client.get(address).status_code == 200


def test_an_analyst_and_a_plain_member_do_not_edit(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, create_member(owner.organization))

    for step in STEPS:
        assert client.get(url(owner, f"program_{step}", program.pk)).status_code == 403
