"""Demo data is the same each time, marks each organization, and is made only once."""

import json
from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import queries
from accounts.models import Invitation, Member, Organization, User
from mentoring.console.demo.people import people
from mentoring.console.demo.places import places
from mentoring.outbox.enums import Channel
from mentoring.outbox.models import Message
from mentoring.tenancy.scope import acting_as, within
from programs.models import Program

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
ROLES = ["hr_analyst", "member", "owner", "program_admin", "program_admin_named", "second_owner"]


def load(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    call_command("demo", *options)
    return json.loads(capsys.readouterr().out)["logins"]


def organization_of(email: str) -> Organization:
    with acting_as(User.objects.get(email=email).pk):
        return queries.own_memberships()[0].organization


def test_it_prints_one_login_per_role_that_works(
    committed_db: None, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    logins = load(capsys, "--organizations", "1", "--people", "8")
    assert sorted(each["role"] for each in logins) == ROLES
    owner = next(each for each in logins if each["role"] == "owner")
    answer = client.post(
        reverse("account_login"), {"login": owner["email"], "password": owner["password"]}
    )
    assert answer.status_code == 302
    assert client.get(f"/o/{owner['organization']}/").status_code == 200


def test_loading_again_changes_nothing_and_prints_the_same_logins(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    first = load(capsys, "--organizations", "1", "--people", "8")
    count = User.objects.count()
    assert load(capsys, "--organizations", "1", "--people", "8") == first
    assert User.objects.count() == count


def test_another_recipe_for_the_same_organizations_is_refused(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    load(capsys, "--organizations", "1", "--people", "8")
    with pytest.raises(CommandError, match="Some of these organizations exist already"):
        load(capsys, "--organizations", "2", "--people", "8")
    with pytest.raises(CommandError, match="Another organization has the address “halden”"):
        load(capsys, "--organizations", "1", "--people", "8", "--seed", "9")


def test_it_makes_people_programs_and_invitations_in_every_state(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    [first, *_] = load(capsys, "--organizations", "1", "--people", "12")
    with within(organization_of(first["email"])):
        assert Member.objects.joined().count() == 11
        assert Member.objects.count() == 23
        assert Member.objects.active().count() == 22
        assert Program.objects.filter(archived_at=None).count() == 2
        assert Program.objects.exclude(archived_at=None).count() == 1
        plain = Invitation.objects.filter(next_path="")
        assert plain.count() == 9
        assert plain.filter(revoked_at=None).count() == 8


def test_a_canary_marks_every_text_of_its_organization(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    logins = load(capsys, "--organizations", "2", "--people", "8", "--canary", "KANARI")
    for index, slug in enumerate(["halden", "fjordlys"]):
        email = next(each["email"] for each in logins if each["organization"] == slug)
        organization = organization_of(email)
        mark = f"KANARI{index}"
        assert organization.name.startswith(mark)
        with within(organization):
            own = Member.objects.filter(user__email__endswith=f"@{slug}.example")
            texts = [
                *own.values_list("user__name", flat=True),
                *Program.objects.values_list("name", flat=True),
                *Invitation.objects.values_list("email", flat=True),
            ]
        assert [text for text in texts if not text.lower().startswith(mark.lower())] == []


def test_somebody_belongs_to_two_organizations(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    load(capsys, "--organizations", "2", "--people", "8")
    counts = Counter()
    for user in User.objects.all():
        with acting_as(user.pk):
            counts[len(queries.own_memberships())] += 1
    assert counts[2] == 1


def test_names_are_the_same_for_the_same_seed_and_addresses_never_repeat() -> None:
    first = people(count=3000, seed=7, domain="one.example")
    assert people(count=3000, seed=7, domain="one.example") == first
    assert people(count=3000, seed=8, domain="one.example") != first
    assert len({person.email for person in first}) == 3000


def test_organizations_beyond_the_named_ones_get_numbers() -> None:
    slugs = [place.slug for place in places(count=20)]
    assert len(set(slugs)) == 20
    assert slugs[6] == "halden-2"


def test_every_mail_that_waits_for_a_morning_has_an_end_but_for_summaries(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """A reminder that comes weeks late is worse than none; a summary may wait for a pause."""
    [first, *_] = load(capsys, "--organizations", "1", "--people", "40")
    with within(organization_of(first["email"])):
        mails = Message.objects.filter(channel=Channel.MAIL).exclude(due_on=None)
        with_end, without = (
            set(mails.filter(expires_at__isnull=is_open).values_list("kind", flat=True))
            for is_open in (False, True)
        )
    assert without <= {"notices.digest"}
    assert with_end > {"pairings.agreement_due", "pairings.closing_waits", "pairings.drift_prompt"}
