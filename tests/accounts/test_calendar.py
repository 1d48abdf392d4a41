"""Hours, working days and holidays of an organization, through its settings."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Role
from accounts.models import AuditEvent, Holiday, Organization
from accounts.operations import settings as operations
from accounts.public_holidays import public_holidays
from accounts.queries.calendar import working_hours
from mentoring.lib.workdays import EVERY_DAY
from tests.factories import create_member, create_organization, create_owner, inside, login, url

pytestmark = pytest.mark.django_db
CHRISTMAS = date(2027, 12, 25)
PAGES = [
    "organization_sending",
    "organization_holidays",
    "organization_holidays_paste",
    "organization_holidays_public",
]


@pytest.fixture
def owner(client):
    owner = create_owner(create_organization("Nord", time_zone="Europe/Berlin"))
    login(client, owner)
    return owner


def own(owner) -> Organization:
    with inside(owner.organization_id):
        return Organization.objects.get()


def days(owner) -> dict[date, str]:
    with inside(owner.organization_id):
        return dict(Holiday.objects.order_by("date").values_list("date", "name"))


def events(owner) -> list[tuple[str, str, dict[str, object]]]:
    with inside(owner.organization_id):
        return [
            (each.action, each.subject_name, each.details)
            for each in AuditEvent.objects.order_by("at", "pk")
        ]


def add(owner, *found: tuple[date, str]) -> None:
    with inside(owner.organization_id):
        Holiday.objects.bulk_create([Holiday(date=day, name=name) for day, name in found])


def sending(owner, **changed):
    version = operations.version_of(own(owner), operations.SENDING)
    return {"reminder_hour": "09:00", "working_days": range(5), "version": version, **changed}


def test_nine_on_monday_to_friday_is_where_everybody_begins(owner):
    with inside(owner.organization_id):
        hours = working_hours()

    assert (hours.reminder_hour, hours.sends_on_free_days) == (time(9), False)
    assert hours.sending == hours.working
    assert sorted(hours.working.weekdays) == [0, 1, 2, 3, 4]


def test_hour_and_days_are_saved_and_logged(client, owner):
    answers = sending(owner, reminder_hour="08:30", working_days=[6, 0], sends_on_free_days="on")

    response = client.post(url(owner, "organization_sending"), answers)

    assert response.url == url(owner, "organization_sending")
    saved = own(owner)
    assert (saved.reminder_hour, saved.working_days, saved.sends_on_free_days) == (
        time(8, 30),
        [0, 6],
        True,
    )
    assert events(owner) == [
        (
            "organization.changed",
            "Nord",
            {
                "reminder_hour": ["09:00", "08:30"],
                "working_days": [[0, 1, 2, 3, 4], [0, 6]],
                "sends_on_free_days": [False, True],
            },
        )
    ]
    with inside(owner.organization_id):
        assert working_hours().sending == EVERY_DAY
    assert "Monday, Sunday" in client.get(url(owner, "audit_log")).text


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"reminder_hour": "25:00"}, "Enter a valid time."),
        ({"working_days": []}, "Please choose at least one day."),
        ({"working_days": [7]}, "7 is not one of the available choices"),
    ],
)
def test_impossible_hours_are_refused(client, owner, typed, error):
    response = client.post(url(owner, "organization_sending"), sending(owner, **typed))

    assert error in response.text
    assert own(owner).working_days == [0, 1, 2, 3, 4]


def test_the_second_of_two_who_save_hours_at_once_is_asked(client, owner):
    first, second = sending(owner, reminder_hour="08:00"), sending(owner, reminder_hour="10:00")

    client.post(url(owner, "organization_sending"), first)
    response = client.post(url(owner, "organization_sending"), second)

    assert "Somebody else changed these settings" in response.text
    assert 'value="10:00"' in response.text
    assert own(owner).reminder_hour == time(8)


def test_a_day_is_added_and_shown_in_its_year(client, owner):
    page = client.get(url(owner, "organization_holidays") + "?year=2027").text
    assert "No holidays in 2027 yet" in page
    assert "Europe/Berlin" in page

    answers = {"day": "2027-12-25", "name": "  Founder’s & O'Neill's <day> "}
    response = client.post(url(owner, "organization_holidays"), answers, follow=True)

    assert "Founder’s &amp; O&#x27;Neill&#x27;s &lt;day&gt; is added." in response.text
    assert days(owner) == {CHRISTMAS: "Founder’s & O'Neill's <day>"}
    assert response.request["QUERY_STRING"] == "year=2027"
    assert '<time datetime="2027-12-25">' in response.text
    assert "datetime" not in client.get(url(owner, "organization_holidays") + "?year=2028").text
    assert events(owner)[0][:2] == ("holidays.added", "2027-12-25 Founder’s & O'Neill's <day>")


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"day": "2027-02-30"}, "Enter a valid date."),
        ({"day": "1999-12-31"}, "This year is too far away."),
        ({"name": " "}, "This field is required."),
        ({"name": "x" * 201}, "at most 200 characters"),
        ({"name": "Off\u202eday"}, "changes the writing direction"),
    ],
)
def test_a_day_that_is_none_is_refused_and_stays_typed(client, owner, typed, error):
    answers = {"day": "2027-12-25", "name": "Christmas", **typed}

    response = client.post(url(owner, "organization_holidays"), answers)

    assert error in response.text
    assert days(owner) == {}


def test_a_day_that_is_there_is_not_added_again(client, owner):
    add(owner, (CHRISTMAS, "Christmas"))

    answers = {"day": "2027-12-25", "name": "Other"}
    response = client.post(url(owner, "organization_holidays"), answers)

    assert "This day is a holiday already: Christmas." in response.text
    assert days(owner) == {CHRISTMAS: "Christmas"}


def test_a_removed_day_is_gone_and_a_second_click_finds_nothing(client, owner):
    add(owner, (CHRISTMAS, "Christmas"))
    with inside(owner.organization_id):
        address = url(owner, "organization_holiday_remove", Holiday.objects.get().pk)

    response = client.post(address, follow=True)

    assert "Christmas is removed." in response.text
    assert days(owner) == {}
    assert events(owner) == [("holiday.removed", "2027-12-25 Christmas", {"holidays": 1})]
    assert client.post(address).status_code == 404
    assert len(events(owner)) == 1


LINES = """date;name
2027-12-25;Christmas
24.12.2027, Christmas Eve

"2028-01-01"\tNew Year
1. 5. 2028 - Labour Day
"""


@pytest.mark.parametrize("way", ["typed", "utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_many_days_are_pasted_or_handed_in(client, owner, way):
    text = LINES.replace("Labour Day", "Maifeiertag für alle")
    file = SimpleUploadedFile("days.csv", text.encode("utf-8" if way == "typed" else way))
    answers = {"text": text} if way == "typed" else {"text": "", "file": file}

    response = client.post(url(owner, "organization_holidays_paste"), answers, follow=True)

    assert "4 holidays are added." in response.text
    assert days(owner) == {
        date(2027, 12, 24): "Christmas Eve",
        CHRISTMAS: "Christmas",
        date(2028, 1, 1): "New Year",
        date(2028, 5, 1): "Maifeiertag für alle",
    }
    assert events(owner) == [("holidays.added", "", {"holidays": 4})]


def test_one_wrong_line_adds_nothing_and_every_wrong_line_is_named(client, owner):
    text = "\n".join(
        [
            "2027-12-24 Christmas Eve",
            "next Friday",
            "2027-02-30 No day",
            "1999-01-01 Long ago",
            "2027-12-26",
            "2027-12-24 Again",
            f"2027-12-27 {'x' * 201}",
            "2027-12-28 Off\u202eday",
            "12/25/2027 Christmas",
        ]
    )

    page = client.post(url(owner, "organization_holidays_paste"), {"text": text}).text

    assert days(owner) == {}
    for number, what in [
        (2, "This does not begin with a date"),
        (3, "There is no such day in the calendar."),
        (4, "This year is too far away."),
        (5, "The name behind the date is missing."),
        (6, "This day is on the list twice."),
        (7, "The name has more than 200 characters."),
        (8, "The name contains a character that cannot be seen."),
        (9, "This does not begin with a date"),
    ]:
        assert f"Line {number}: {what}" in page
    assert "Line 1:" not in page
    assert "2027-12-24 Christmas Eve\n" in page.replace("\r", "")


def test_days_that_are_there_stay_as_they_are(client, owner):
    add(owner, (CHRISTMAS, "Christmas"))

    answers = {"text": "2027-12-25 Other\n2027-12-26 Boxing Day"}
    response = client.post(url(owner, "organization_holidays_paste"), answers, follow=True)

    assert "1 holiday is added. 1 was there already and stays as it is." in response.text
    assert days(owner) == {CHRISTMAS: "Christmas", date(2027, 12, 26): "Boxing Day"}


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"text": " \n "}, "Please enter at least one day."),
        ({"text": "date;name"}, "Please enter at least one day."),
        ({"text": "2027-12-25 x", "file": b"2027-12-26 x"}, "either lines or a file, not both"),
        ({"file": b"\x00\x01\x02\x00 picture \x00"}, "This is not a text file."),
        ({"file": b"x" * 200_001}, "This file is too large."),
        ({"text": "\n".join(["nothing"] * 31)}, "Further lines with a problem: 10."),
        ({"text": "\n".join(["nothing 1"] * 1001)}, "Please add at most 1,000 days at once."),
    ],
)
def test_lists_that_cannot_be_read_are_refused(client, owner, answers, error):
    if "file" in answers:
        answers = {**answers, "file": SimpleUploadedFile("days.csv", answers["file"])}

    page = client.post(url(owner, "organization_holidays_paste"), answers).text

    assert error in page
    assert days(owner) == {}


def test_public_holidays_are_shown_first_and_added_as_ticked(client, owner):
    address = url(owner, "organization_holidays_public")
    asked = {"country": "DE", "region": "BY", "year": 2027}
    add(owner, (date(2027, 1, 1), "Neujahr"))

    page = client.get(address, asked).text

    assert page.count('name="days"') == len(public_holidays("DE", "BY", 2027, language="en"))
    assert "All Saints&#x27; Day" in page
    assert "There already: Neujahr" in page
    assert days(owner) == {date(2027, 1, 1): "Neujahr"}

    ticked = ["2027-11-01", "2027-12-25", "2027-12-24", "nonsense", "2027-02-31"]
    response = client.post(address, {**asked, "days": ticked}, follow=True)

    assert "2 holidays are added." in response.text
    assert days(owner) == {
        date(2027, 1, 1): "Neujahr",
        date(2027, 11, 1): "All Saints' Day",
        CHRISTMAS: "Christmas Day",
    }


def test_a_region_of_another_country_is_forgotten(client, owner):
    asked = {"country": "GB", "region": "BY", "year": 2027}

    page = client.get(url(owner, "organization_holidays_public"), asked).text

    assert '<option value="" selected>The whole country</option>' in page
    assert "Good Friday" in page


@pytest.mark.parametrize(
    "asked",
    [
        {"country": "XX", "year": "2027"},
        {"country": "DE", "year": "1800"},
        {"country": "", "year": "2027"},
        {"country": "DE", "year": "x"},
    ],
)
def test_what_cannot_be_asked_for_adds_nothing(client, owner, asked):
    address = url(owner, "organization_holidays_public")

    assert client.get(address, asked).status_code == 200
    assert client.post(address, {**asked, "days": ["2027-12-25"]}).status_code == 200
    assert days(owner) == {}


def test_without_a_tick_nothing_is_added(client, owner):
    asked = {"country": "DE", "year": 2027}

    response = client.post(url(owner, "organization_holidays_public"), asked, follow=True)

    assert "No day was ticked, so nothing was added." in response.text


@pytest.mark.parametrize("count", [1, 300])
def test_the_list_costs_the_same_however_long(client, owner, django_assert_num_queries, count):
    add(owner, *[(date.fromordinal(CHRISTMAS.toordinal() - n), "Day " * 40) for n in range(count)])

    with django_assert_num_queries(18):
        page = client.get(url(owner, "organization_holidays") + "?year=2027").text

    assert page.count("<time ") == min(count, 50)
    second = client.get(url(owner, "organization_holidays") + "?year=2027&page=2").text
    assert second.count("<time ") == (50 if count > 50 else 1)


@pytest.mark.parametrize("year", ["", "x", "99999", "-1", "0000"])
def test_a_year_that_is_none_is_this_one(client, owner, year):
    page = client.get(url(owner, "organization_holidays"), {"year": year})

    assert page.status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_the_calendar_is_for_owners(client, name: str):
    member = create_member(roles=[Role.PROGRAM_ADMIN, Role.HR_ANALYST])
    login(client, member)

    assert client.get(url(member, name)).status_code == 403
    assert client.post(url(member, name)).status_code == 403
