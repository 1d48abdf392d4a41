"""Exports that come every month: once for each person, and only what the person may see."""

from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.models import AuditEvent, Member
from mentoring.reports.exporting.scheduling import plan_scheduled
from mentoring.reports.models import Export, ExportSchedule, Snapshot
from mentoring.reports.operations import schedules as operations
from tests.factories import create_member, inside, login, url
from tests.notices.people import notices_of
from tests.pairings.people import deliver
from tests.reports.exporting.factories import PURPOSE, Place, order, rows_of, work

pytestmark = pytest.mark.django_db(databases=["default", "cache"])
IN_MAY, END_OF_MAY = "2026-05-20T10:00:00Z", date(2026, 5, 31)
IN_JUNE = "2026-06-01T01:00:00Z"


def form(*people: Member, **more):
    recipients = [str(each.pk) for each in people]
    given = {"tables": ["pairs"], "format": "csv", "purpose": PURPOSE, "recipients": recipients}
    return {**given, **more}


def set_up(client, member, *people, **more):
    address = url(member, "export_schedule_new")
    return login(client, member).post(address, form(*people, **more), follow=True)


def month_end(day: date = END_OF_MAY, place: Place | None = None) -> Place:
    made = Place(place.cohort if place else None, as_of=day)
    with inside(made.organization):
        Snapshot.objects.filter(pk=made.snapshot.pk).update(is_month_end=True)
    return made


def plan(place: Place) -> int:
    with inside(place.organization):
        return plan_scheduled(place.snapshot.pk, now=place.snapshot.taken_at)


def exports(place: Place) -> list[Export]:
    with inside(place.organization):
        return list(Export.objects.select_related("requested_by").order_by("requested_by__name"))


def test_each_person_gets_a_file_of_their_own_once_a_month_and_a_mail(client, mailoutbox):
    with time_machine.travel(IN_MAY, tick=False):
        place = month_end()
        place.pair("Ada", "Carl")
        hanna, bert = place.analyst(name="Hanna"), place.analyst(name="Bert")
        answer = set_up(client, hanna, hanna, bert)
        assert "The first comes after the end of this month" in answer.text
    with time_machine.travel(IN_JUNE, tick=False):
        assert (plan(place), plan(place)) == (2, 0)
        made = [work(each) for each in exports(place)]
        assert [each.state for each in made] == ["done", "done"]
        assert [row["Mentor: name"] for row in rows_of(made[0])] == ["Ada"]
        deliver(place.cohort)
        assert sorted(mail.to[0].split()[0] for mail in mailoutbox) == ["Bert", "Hanna"]
        assert "monthly export" in mailoutbox[0].body
        login(client, bert)
        own = next(each for each in exports(place) if each.requested_by_id == bert.pk)
        assert client.get(url(bert, "export_file", own.pk)).status_code == 200
        with inside(place.organization):
            logged = AuditEvent.objects.filter(action="export.scheduled")
            assert sorted(each.details["export_recipients"] for each in logged) == [
                "Bert",
                "Hanna",
            ]


def test_one_click_in_the_monthly_mail_turns_it_off_and_the_file_still_comes(client, mailoutbox):
    with time_machine.travel(IN_MAY, tick=False):
        place = month_end()
        hanna = place.analyst(name="Hanna")
        set_up(client, hanna, hanna)
    with time_machine.travel(IN_JUNE, tick=False):
        plan(place)
        (export,) = exports(place)
        work(export)
        deliver(place.cohort)
        (mail,) = mailoutbox
        assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        one_click = urlsplit(mail.extra_headers["List-Unsubscribe"].strip("<>")).path
        assert Client().post(one_click, {"List-Unsubscribe": "One-Click"}).status_code == 200
        june = month_end(END_OF_MAY + timedelta(days=30), place)
        plan(june)
        (later,) = [each for each in exports(place) if each.pk != export.pk]
        assert work(later).state == "done"
        deliver(place.cohort)
    assert mailoutbox == [mail]
    lines = [each.text for each in notices_of(hanna)]
    assert lines == ["Your export is ready: Pairs", "Your export is ready: Pairs"]


def test_whoever_may_not_see_it_any_more_gets_nothing(client):
    with time_machine.travel(IN_MAY, tick=False):
        place = month_end()
        hanna, bert, gone = (place.analyst(name=each) for each in ("Hanna", "Bert", "Gone"))
        set_up(client, hanna, hanna, bert, gone)
        with inside(place.organization):
            Member.objects.filter(pk=bert.pk).update(roles=[])
            Member.objects.filter(pk=gone.pk).update(deactivated_at=hanna.joined_at)
    assert plan(place) == 1
    assert [each.requested_by_id for each in exports(place)] == [hanna.pk]


def test_days_that_are_no_month_end_and_months_before_it_was_set_up_bring_nothing(client):
    with time_machine.travel(IN_MAY, tick=False):
        place = month_end()
        hanna = place.analyst(name="Hanna")
        set_up(client, hanna, hanna)
        april = month_end(date(2026, 4, 30), place)
        day = Place(place.cohort, as_of=date(2026, 6, 3))
    assert [plan(each) for each in (april, day, place)] == [0, 0, 1]


def test_a_paused_one_makes_nothing_until_it_goes_on_and_a_deleted_one_never_does(client):
    with time_machine.travel(IN_MAY, tick=False):
        place = month_end()
        hanna = place.analyst(name="Hanna")
        set_up(client, hanna, hanna)
        with inside(place.organization):
            schedule = ExportSchedule.objects.get()
        pause = url(hanna, "export_schedule_pause", schedule.pk)
        assert "Paused" in client.post(pause, {"what": "pause"}, follow=True).text
        assert plan(place) == 0
        client.post(pause, {"what": "resume"})
        assert plan(place) == 1
        delete = url(hanna, "export_schedule_delete", schedule.pk)
        client.post(delete)
        assert client.post(delete).status_code == 404
        june = month_end(date(2026, 6, 30), place)
        assert plan(june) == 0
    (export,) = exports(place)
    assert export.schedule_id is None


def test_it_can_be_changed_by_whoever_set_it_up_and_by_owners(client):
    place = Place()
    hanna, bert = place.analyst(name="Hanna"), place.analyst(name="Bert")
    owner = create_member(place.organization, roles=[Role.OWNER])
    set_up(client, hanna, hanna)
    with inside(place.organization):
        schedule = ExportSchedule.objects.get()
    page = url(hanna, "export_schedule", schedule.pk)
    assert login(client, bert).get(page).status_code == 404
    assert "Nothing comes every month yet" in client.get(url(bert, "export_schedules")).text
    login(client, owner).post(page, form(bert, tables=["participants"]))
    login(client, hanna)
    shown = client.get(url(hanna, "export_schedules")).text
    assert "Participants" in shown
    assert "Bert" in shown
    with inside(place.organization):
        assert [each.member_id for each in schedule.recipients.all()] == [bert.pk]


def test_nobody_is_named_who_may_not_have_all_of_it(client):
    place = Place()
    hanna = place.analyst(name="Hanna")
    owner = create_member(place.organization, roles=[Role.OWNER], name="Olga")
    shown = set_up(client, owner, owner, hanna, tables=["audit"])
    assert "Hanna may not see all of these tables" in shown.text
    shown = set_up(client, owner, create_member(place.organization))
    assert "is not one of the available choices" in shown.text
    assert "Please choose who is to get it" in set_up(client, owner).text
    with inside(place.organization):
        assert not ExportSchedule.objects.exists()
        with pytest.raises(operations.NobodyNamed):
            operations.create(order=order("pairs"), recipients=[], actor=owner, now=owner.joined_at)


def test_the_next_month_is_another_one(client):
    with time_machine.travel(IN_MAY, tick=False):
        place = month_end()
        hanna = place.analyst(name="Hanna")
        set_up(client, hanna, hanna)
        june = month_end(END_OF_MAY + timedelta(days=30), place)
    assert (plan(place), plan(june), plan(june)) == (1, 1, 0)
