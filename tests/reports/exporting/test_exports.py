"""Asking for an export, waiting for it, fetching it: through the pages, as people do."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import Reach, Role
from accounts.models import AuditEvent, Member
from mentoring.outbox.leases import LEASE, LostClaim
from mentoring.outbox.models import Message
from mentoring.reports.enums import ExportState
from mentoring.reports.exporting.claims import claim, renew
from mentoring.reports.exporting.pieces import Pieces
from mentoring.reports.exporting.scope import NotAllowed
from mentoring.reports.models import Export, ExportPiece, Snapshot
from mentoring.reports.operations import exports as operations
from mentoring.tenancy.scope import within
from programs.models import ProgramReach
from tests.factories import create_member, inside, login, reload, url
from tests.pairings.people import deliver
from tests.profiles.people import create_cohort
from tests.reports.exporting.factories import (
    PURPOSE,
    Place,
    ask,
    content,
    order,
    rows_of,
    work,
)

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
ACTIONS = "export."


def filled(place: Place, **more):
    return {
        "tables": ["pairs"],
        "format": "csv",
        "as_of": place.as_of.isoformat(),
        "purpose": PURPOSE,
        **more,
    }


def post(client, member, place, **more):
    address = url(member, "export_new")
    return login(client, member).post(address, filled(place, **more), follow=True)


def events(organization) -> list[tuple]:
    with inside(organization):
        rows = AuditEvent.objects.filter(action__startswith=ACTIONS).order_by("at", "pk")
        return [(each.actor_name, each.action, each.details) for each in rows]


@pytest.fixture
def large(monkeypatch):
    """So small that each export is a large one."""
    monkeypatch.setattr(operations, "SMALL", 0)


def test_a_small_export_is_made_at_once_and_fetched_from_its_page(client):
    place = Place()
    place.pair("Ada", "Carl")
    analyst = place.analyst()

    shown = post(client, analyst, place)
    with inside(place.organization):
        export = Export.objects.get()
    answer = client.get(url(analyst, "export_file", export.pk))
    body = b"".join(answer)

    assert "Your file is ready" in shown.text
    assert export.state == ExportState.DONE
    assert answer["Content-Length"] == str(len(body)) == str(export.size)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'attachment; filename="{export.file_name}"'
    assert "no-store" in answer["Cache-Control"]
    assert body == content(export)
    assert b"Ada" in body


def test_each_request_and_each_download_is_written_down_with_its_purpose(client):
    place = Place()
    place.pair()
    analyst = place.analyst(name="Hanna")
    export = ask(analyst, order("pairs", filters={"departments": ["Sales"]}))

    for _ in range(2):
        b"".join(login(client, analyst).get(url(analyst, "export_file", export.pk)))
    client.head(url(analyst, "export_file", export.pk))

    told = events(place.organization)
    assert [(who, what) for who, what, _facts in told] == [
        ("Hanna", "export.requested"),
        ("Hanna", "export.downloaded"),
        ("Hanna", "export.downloaded"),
    ]
    for _who, _what, facts in told:
        assert facts["export_purpose"] == PURPOSE
        assert facts["export_filters"] == "departments: Sales"
        assert facts["export_as_of"] == place.as_of.isoformat()
    owner = create_member(place.organization, roles=[Role.OWNER])
    log = login(client, owner).get(url(owner, "audit_log")).text
    assert "Export downloaded" in log
    assert PURPOSE in log


@pytest.mark.parametrize("purpose", ["", "  ", "board", "x y", "1234567890 12345"])
def test_without_a_purpose_in_a_few_words_nothing_is_made_and_nothing_typed_is_lost(
    client, purpose
):
    place = Place()
    place.pair()
    shown = post(client, place.analyst(), place, purpose=purpose, format="csv", tables=["pairs"])

    assert "Please" in shown.text
    assert 'value="pairs"' in shown.text
    assert "checked" in shown.text
    with inside(place.organization):
        assert not Export.objects.exists()


def test_the_audit_log_is_nothing_without_names_and_for_owners_only(client):
    place = Place()
    owner = create_member(place.organization, roles=[Role.OWNER])
    shown = post(client, owner, place, tables=["audit"], is_pseudonymous="on")
    assert "is nothing without names" in shown.text
    shown = post(client, place.analyst(), place, tables=["audit"])
    assert "audit is not one of the available choices" in shown.text
    with pytest.raises(NotAllowed):
        ask(place.analyst(), order("audit"))
    assert "When (Europe/Berlin)" in rows_of(ask(owner, order("audit")))[0]


def test_a_large_export_waits_for_a_worker_and_a_mail_says_that_it_is_ready(
    client, large, mailoutbox
):
    place = Place()
    place.pair("Ada Quill", "Carl")
    analyst = place.analyst(name="Hanna")

    shown = post(client, analyst, place)
    with inside(place.organization):
        export = Export.objects.get()
    assert "hx-get" in shown.text
    assert "a mail tells you when it is ready" in shown.text
    progress = client.get(url(analyst, "export", export.pk), headers={"HX-Request": "true"})
    assert "<progress" in progress.text
    made = work(export)
    assert made.state == ExportState.DONE
    again = client.get(url(analyst, "export", export.pk), headers={"HX-Request": "true"})
    assert again["HX-Refresh"] == "true"
    deliver(place.cohort)

    (mail,) = mailoutbox
    assert mail.subject == "Your export is ready: Pairs"
    assert url(analyst, "export", export.pk) in mail.body
    assert PURPOSE in mail.body
    assert mail.attachments == []
    assert "List-Unsubscribe" not in mail.extra_headers
    assert "Quill" not in mail.body
    assert mail.to == [f"Hanna <{analyst.email}>"]


def test_nobody_is_mailed_about_what_they_watched_being_made():
    place = Place()
    place.pair()
    ask(place.analyst(), order("pairs"))
    with inside(place.organization):
        assert not Message.objects.exists()


def test_what_becomes_of_an_export_that_cannot_be_made(client, large, mailoutbox):
    place = Place()
    place.pair()
    analyst = place.analyst()
    gone, left = ask(analyst, order("pairs")), ask(analyst, order("participants"))
    with inside(place.organization):
        Member.objects.filter(pk=analyst.pk).update(roles=[])
    assert (work(left).state, work(left).trouble) == ("failed", "not_allowed")
    with inside(place.organization):
        Member.objects.filter(pk=analyst.pk).update(roles=[Role.HR_ANALYST])
        Snapshot.objects.all().delete()
    assert (work(gone).state, work(gone).trouble) == ("failed", "no_snapshot")

    shown = login(client, analyst).get(url(analyst, "export", gone.pk)).text
    assert "Figures of that day are not kept any more" in shown
    deliver(place.cohort)
    assert sorted(mail.subject for mail in mailoutbox) == [
        "Your export could not be made: Pairs",
        "Your export could not be made: Participants",
    ]


def test_after_three_workers_were_taken_along_it_is_given_up(client, large):
    place = Place()
    place.pair()
    analyst = place.analyst()
    export = ask(analyst, order("pairs"))
    with inside(place.organization):
        Export.objects.update(attempts=3, state="running")

    assert work(export).trouble == "gave_up"
    shown = login(client, analyst).get(url(analyst, "export", export.pk)).text
    assert "cut short three times" in shown


def test_a_canceled_export_stays_canceled_and_keeps_nothing(client, large):
    place = Place()
    place.pair()
    analyst = place.analyst()
    export = ask(analyst, order("pairs"))

    address = url(analyst, "export_cancel", export.pk)
    assert "The export is canceled." in login(client, analyst).post(address, follow=True).text
    work(export)
    assert client.post(address).status_code == 302

    assert reload(export).state == ExportState.CANCELED
    assert content(export) == b""
    assert [what for _who, what, _facts in events(place.organization)] == [
        "export.requested",
        "export.canceled",
    ]
    assert client.get(url(analyst, "export_file", export.pk)).status_code == 404


def test_after_seven_days_the_file_is_deleted_and_the_row_stays(client):
    place = Place()
    place.pair()
    analyst = place.analyst()
    export = ask(analyst, order("pairs"))
    later = export.expires_at + timedelta(seconds=1)

    assert work(export, at=export.expires_at - timedelta(seconds=1)).state == ExportState.DONE
    assert work(export, at=later).state == ExportState.EXPIRED

    with inside(place.organization):
        assert not ExportPiece.objects.exists()
    assert reload(export).digest == export.digest
    shown = login(client, analyst).get(url(analyst, "export", export.pk)).text
    assert "The file was deleted" in shown
    assert client.get(url(analyst, "export_file", export.pk)).status_code == 404


def test_a_file_whose_days_are_over_is_not_given_out_even_before_it_is_deleted(client):
    place = Place()
    place.pair()
    analyst = place.analyst()
    export = ask(analyst, order("pairs"))
    with inside(place.organization):
        Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    login(client, analyst)
    assert client.get(url(analyst, "export_file", export.pk)).status_code == 404
    assert "You cannot fetch this file" in client.get(url(analyst, "export", export.pk)).text


def test_an_export_is_for_whoever_asked_for_it_and_for_owners(client):
    place = Place()
    place.pair()
    export = ask(place.analyst(), order("pairs"))
    owner = create_member(place.organization, roles=[Role.OWNER])
    for stranger, status in (
        (place.analyst(), 404),
        (owner, 200),
        (create_member(place.organization), 403),
        (create_member(roles=[Role.OWNER]), 404),
    ):
        login(client, stranger)
        for view in ("export", "export_file"):
            assert client.get(url(place.organization, view, export.pk)).status_code == status


def test_a_narrowed_admin_exports_the_own_programs_and_loses_files_with_the_reach(client):
    place = Place()
    place.pair("Ada", "Carl")
    other = Place(create_cohort(place.organization), as_of=place.as_of)
    other.pair("Bea", "Dan")
    admin = place.analyst(roles=[Role.PROGRAM_ADMIN], reach=Reach.PROGRAMS)
    with inside(place.organization):
        mine = ProgramReach.objects.create(member=admin, program=place.cohort.program)

    export = ask(admin, order("pairs"))
    assert [row["Mentor: name"] for row in rows_of(export)] == ["Ada"]
    foreign = {"programs": [str(other.cohort.program_id)]}
    shown = post(client, admin, place, program=foreign["programs"][0])
    assert "is not one of the available choices" in shown.text
    with pytest.raises(NotAllowed):
        ask(admin, order("pairs", filters=foreign))

    fetch = url(admin, "export_file", export.pk)
    assert login(client, admin).get(fetch).status_code == 200
    with inside(place.organization):
        mine.delete()
    assert client.get(fetch).status_code == 404


def test_an_owner_who_becomes_an_analyst_loses_the_audit_log(client):
    place = Place()
    owner = create_member(place.organization, roles=[Role.OWNER])
    export = ask(owner, order("audit"))
    with inside(place.organization):
        Member.objects.filter(pk=owner.pk).update(roles=[Role.HR_ANALYST])
    assert login(client, owner).get(url(owner, "export_file", export.pk)).status_code == 404


def test_the_same_wish_twice_is_one_export_and_a_queue_has_an_end(client, large):
    place = Place()
    place.pair()
    analyst = place.analyst()
    assert ask(analyst, order("pairs")).pk == ask(analyst, order("pairs")).pk
    ask(analyst, order("participants"))
    ask(analyst, order("surveys"))
    shown = post(client, analyst, place, tables=["summary"])
    assert "Some of your exports are not ready yet" in shown.text
    with inside(place.organization):
        assert Export.objects.count() == 3


def test_a_worker_that_lost_its_claim_writes_no_more(large):
    place = Place()
    place.pair()
    export = ask(place.analyst(), order("pairs"))
    now = timezone.now()
    with within(place.organization):
        slow = claim(export.pk, now=now)
        assert claim(export.pk, now=now) is None
        fast = claim(export.pk, now=now + LEASE)
        assert not renew(slow, now=now)
        assert renew(fast, now=now + LEASE)
        with pytest.raises(LostClaim):
            Pieces(slow).write(b"x" * 600_000)
    assert content(export) == b""


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_however_long(client, django_assert_num_queries, count):
    place = Place()
    place.pair()
    analyst = place.analyst()
    for number in range(count):
        ask(analyst, order("pairs", purpose=f"{PURPOSE} {number}"))
    login(client, analyst)
    with django_assert_num_queries(17):
        shown = client.get(url(analyst, "exports")).text
    assert shown.count(PURPOSE) == count


def test_an_empty_list_and_an_organization_without_figures_say_what_to_do(client):
    place = Place()
    analyst = place.analyst()
    assert "Nothing was exported yet" in login(client, analyst).get(url(analyst, "exports")).text
    with inside(place.organization):
        Snapshot.objects.all().delete()
    assert "There are no figures yet" in client.get(url(analyst, "export_new")).text


def test_another_one_like_it_starts_from_the_same_choices(client):
    place = Place()
    place.pair()
    analyst = place.analyst()
    export = ask(analyst, order("pairs", format="xlsx", is_pseudonymous=True))
    address = f"{url(analyst, 'export_new')}?like={export.pk}"
    shown = login(client, analyst).get(address).text
    assert PURPOSE in shown
    for like in ("", "x", "01890000-0000-7000-8000-000000000000"):
        assert client.get(f"{url(analyst, 'export_new')}?like={like}").status_code == 200
