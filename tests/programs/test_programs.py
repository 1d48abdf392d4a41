"""Programs, and who sees and changes which."""

import pytest

from accounts.enums import Reach, Role
from accounts.models import AuditEvent, Member
from programs.enums import Kind
from programs.models import Program, ProgramReach
from tests.factories import create_member, create_organization, create_owner, inside, login, url
from tests.programs.pages import send

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "Six in six months", "kind": "reverse", "purpose": "Listen."}


def create_program(member: Member, name: str = "", **fields) -> Program:
    with inside(member.organization_id):
        return Program.objects.create(name=name or "Six in six months", **fields)


def responsible(admin: Member, *programs: Program) -> Member:
    with inside(admin.organization_id):
        ProgramReach.objects.bulk_create(
            ProgramReach(member=admin, program=program) for program in programs
        )
    return admin


def narrowed(organization=None, *, roles=(Role.PROGRAM_ADMIN,)) -> Member:
    return create_member(organization, roles=list(roles), reach=Reach.PROGRAMS)


def now(program: Program) -> Program:
    with inside(program.organization_id):
        return Program.objects.get(pk=program.pk)


def actions(member: Member) -> list[str]:
    with inside(member.organization_id):
        return list(AuditEvent.objects.order_by("at", "pk").values_list("action", flat=True))


def test_a_program_is_created_shown_and_logged(client):
    owner = create_owner()
    login(client, owner)

    response = client.post(url(owner, "program_new"), ANSWERS, follow=True)

    with inside(owner.organization_id):
        program = Program.objects.get()
    assert (program.name, program.kind) == ("Six in six months", Kind.REVERSE)
    next_step = f"{url(owner, 'program_sponsor', program.pk)}?setup=yes"
    assert response.redirect_chain == [(next_step, 302)]
    assert "Step 2 of 7" in response.text
    assert "Listen." in client.get(url(owner, "program", program.pk)).text
    assert actions(owner) == ["program.created"]


def test_a_form_sent_twice_makes_one_program(client):
    owner = create_owner()
    login(client, owner)
    client.post(url(owner, "program_new"), ANSWERS)

    response = client.post(url(owner, "program_new"), {**ANSWERS, "name": "six in six MONTHS"})

    assert "There is another program with this name." in response.text
    assert actions(owner) == ["program.created"]


def test_another_organization_may_use_the_same_name(client):
    create_program(create_owner())
    owner = create_owner()
    login(client, owner)

    assert client.post(url(owner, "program_new"), ANSWERS).status_code == 302


def test_changing_a_program_is_logged_with_before_and_after(client):
    owner = create_owner()
    program = create_program(owner, "Before", purpose="Old")
    login(client, owner)

    send(client, url(owner, "program_edit", program.pk), name="After", kind="mutual")

    assert (now(program).name, now(program).kind) == ("After", "mutual")
    with inside(owner.organization_id):
        assert AuditEvent.objects.get().details == {
            "name": ["Before", "After"],
            "kind": ["reverse", "mutual"],
        }
    log = client.get(url(owner, "audit_log")).text
    assert "<del>Reverse: juniors mentor leaders</del>" in log


def test_a_taken_name_is_refused_and_nothing_typed_is_lost(client):
    owner = create_owner()
    create_program(owner, "Taken")
    program = create_program(owner, "Mine")
    login(client, owner)

    address = url(owner, "program_edit", program.pk)
    response = send(client, address, name="TAKEN", purpose="A new purpose")

    assert "There is another program with this name." in response.text
    assert "A new purpose" in response.text
    assert now(program).name == "Mine"


def test_archiving_can_be_undone(client):
    owner = create_owner()
    program = create_program(owner)
    login(client, owner)

    client.post(url(owner, "program_archive", program.pk))
    assert now(program).archived_at is not None
    assert "Use again" in client.get(url(owner, "program", program.pk)).text

    client.post(url(owner, "program_restore", program.pk))
    assert now(program).archived_at is None
    assert actions(owner) == ["program.archived", "program.restored"]


def test_an_admin_of_named_programs_sees_and_changes_only_those(client):
    owner = create_owner()
    mine, other = create_program(owner, "Mine"), create_program(owner, "Other")
    admin = responsible(narrowed(owner.organization), mine)
    login(client, admin)

    page = client.get(url(admin, "programs")).text
    assert "Mine" in page
    assert "Other" not in page
    assert client.get(url(admin, "program", mine.pk)).status_code == 200
    assert client.get(url(admin, "program_edit", mine.pk)).status_code == 200
    for name in ("program", "program_edit"):
        assert client.get(url(admin, name, other.pk)).status_code == 404
    for name in ("program_edit", "program_archive", "program_restore"):
        assert client.post(url(admin, name, other.pk), ANSWERS).status_code == 404
    assert client.get(url(admin, "program_new")).status_code == 403
    assert now(other).name == "Other"


def test_an_analyst_sees_every_program_and_changes_none(client):
    owner = create_owner()
    program = create_program(owner)
    analyst = create_member(owner.organization, roles=[Role.HR_ANALYST])
    login(client, analyst)

    assert program.name in client.get(url(analyst, "programs")).text
    page = client.get(url(analyst, "program", program.pk)).text
    assert "Archive" not in page
    assert url(analyst, "program_edit", program.pk) not in page
    assert client.get(url(analyst, "program_edit", program.pk)).status_code == 403


def test_an_analyst_who_is_admin_of_one_program_changes_only_that(client):
    owner = create_owner()
    mine, other = create_program(owner, "Mine"), create_program(owner, "Other")
    both = narrowed(owner.organization, roles=[Role.PROGRAM_ADMIN, Role.HR_ANALYST])
    responsible(both, mine)
    login(client, both)

    assert "Other" in client.get(url(both, "programs")).text
    assert client.get(url(both, "program", other.pk)).status_code == 200
    assert client.get(url(both, "program_edit", mine.pk)).status_code == 200
    assert client.get(url(both, "program_edit", other.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    owner = create_owner()
    for number in range(count):
        create_program(owner, f"Program {number}")
    login(client, owner)
    client.get(url(owner, "programs"))

    with django_assert_num_queries(11):
        page = client.get(url(owner, "programs"))

    assert page.text.count('<th scope="row"') == count


def test_programs_are_filtered_by_kind_and_state(client):
    owner = create_owner()
    create_program(owner, "Alpha")
    create_program(owner, "Beta", kind=Kind.MUTUAL)
    gone = create_program(owner, "Gamma", archived_at=owner.joined_at)
    login(client, owner)

    def shown(**filters: str) -> list[str]:
        page = client.get(url(owner, "programs"), filters).text
        return [name for name in ("Alpha", "Beta", "Gamma") if f">{name}</a>" in page]

    assert shown() == ["Alpha", "Beta", "Gamma"]
    assert shown(kind="mutual") == ["Beta"]
    assert shown(state="archived") == [gone.name]
    assert shown(state="running", q="alp") == ["Alpha"]


def test_without_a_program_the_list_says_what_to_do(client):
    owner = create_owner(
        create_organization(terms={"program": {"one": "initiative", "many": "initiatives"}})
    )
    login(client, owner)

    page = client.get(url(owner, "programs")).text

    assert "No initiatives yet" in page
    assert url(owner, "program_new") in page
