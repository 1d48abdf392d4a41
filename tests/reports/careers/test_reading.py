"""From rows to comparisons: which people of which cohorts, when, and at what cost."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from accounts.careers import note_steps
from accounts.models import CareerStep, Department, Grade, Member
from accounts.operations import chart, members, people
from mentoring.pairings.enums import Origin, PairingState
from mentoring.pairings.models import Pairing
from mentoring.reports.careers.comparing import TOO_EARLY, Comparison, compare, group_members
from mentoring.reports.careers.measures import Measure
from mentoring.reports.careers.reading import material_of
from mentoring.reports.enums import Refusal
from mentoring.reports.models import Snapshot
from mentoring.reports.showing.careers import careers_shown
from mentoring.tenancy.scope import within
from programs.enums import ParticipantState, Side
from programs.models import Participant
from tests.factories import create_owner, inside
from tests.meetings.people import BERLIN
from tests.pairings.people import create_round

pytestmark = pytest.mark.django_db
FIRST_PAIR = datetime(2026, 1, 10, 9, tzinfo=BERLIN)
CLOCK = date(2026, 2, 9)
LAST_DAY_TOO_EARLY = CLOCK + timedelta(days=179)
AS_OF = CLOCK + timedelta(days=180)
_numbers = count(1)


def careers_of(cohorts, snapshot) -> list[Comparison]:
    """Both measures, as far as sizes alone allow them."""
    material = material_of(cohorts, snapshot)
    return [compare(measure, material) for measure in Measure]


class Firm:
    """One department, two grades, a cohort of pairs, and people who never took part."""

    def __init__(self, *, pairs: int = 10, others: int = 30) -> None:
        self.cohort = create_round()
        self.owner = create_owner(self.cohort.organization)
        with self.open():
            self.sales = Department.objects.create(name="Sales")
            self.junior = Grade.objects.create(name="Junior", rank=101)
            self.senior = Grade.objects.create(name="Senior", rank=102)
        self.others = self.hire(others)
        self.matched = self.hire(2 * pairs)
        for mentor, mentee in zip(self.matched[::2], self.matched[1::2], strict=True):
            self.pair(mentor, mentee)

    def open(self):
        return inside(self.cohort.organization)

    def hire(self, size: int, *, at: datetime = FIRST_PAIR - timedelta(days=300)) -> list[Member]:
        with self.open():
            hired = Member.objects.bulk_create(
                Member(
                    name="Somebody",
                    email=f"career{next(_numbers)}@example.org",
                    department=self.sales,
                    grade=self.junior,
                )
                for _ in range(size)
            )
            note_steps([each.pk for each in hired], now=at)
        return hired

    def enroll(self, member: Member, side: Side, *, at: datetime = FIRST_PAIR) -> Participant:
        with self.open():
            return Participant.objects.create(
                cohort=self.cohort,
                member=member,
                side=side,
                state=ParticipantState.APPROVED,
                submitted_at=at,
            )

    def pair(self, mentor: Member, mentee: Member, *, at: datetime = FIRST_PAIR) -> None:
        two = self.enroll(mentor, Side.MENTOR), self.enroll(mentee, Side.MENTEE)
        with self.open():
            Pairing.objects.create(
                cohort=self.cohort,
                mentor=two[0],
                mentee=two[1],
                origin=Origin.MATCHING,
                state=PairingState.COMPLETED,
                proposed_at=at,
                mentor_agreed_at=at,
                mentee_agreed_at=at,
                began_at=at,
                ended_at=at + timedelta(days=90),
            )

    def go(self, member: Member, *, on: date) -> None:
        with self.open():
            members.deactivate(member=member, actor=self.owner, now=noon(on))

    def promote(self, member: Member, *, on: date) -> None:
        with self.open():
            values = {"grade": self.senior}
            people.change_record(member=member, values=values, actor=self.owner, now=noon(on))

    def at(self, day: date) -> Snapshot:
        with self.open():
            taken = {"taken_at": noon(day)}
            return Snapshot.objects.get_or_create(as_of=day, defaults=taken)[0]

    def careers(self, day: date = AS_OF):
        snapshot = self.at(day)
        with self.open():
            return careers_of([self.cohort.pk], snapshot)

    def members(self, measure: Measure = Measure.RETENTION, day: date = AS_OF):
        snapshot = self.at(day)
        with self.open():
            return group_members(measure, material_of([self.cohort.pk], snapshot))


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=BERLIN)


def keys(some) -> frozenset:
    return frozenset(each.pk for each in some)


def shares(comparisons) -> list[tuple[float, float]]:
    return [(each.participants.share, each.others.share) for each in comparisons]


def test_who_stayed_and_who_moved_up_beside_others_like_them():
    firm = Firm()
    for each in firm.matched[:5]:
        firm.promote(each, on=date(2026, 5, 1))
    for each in firm.others[:6]:
        firm.go(each, on=date(2026, 4, 1))
    for each in firm.others[10:15]:
        firm.promote(each, on=date(2026, 6, 1))

    retention, promotion = firm.careers()

    assert shares([retention, promotion]) == [(1.0, 0.8), (0.25, 0.21)]
    assert (retention.participants.n, retention.others.n) == (20, 30)
    assert (promotion.participants.n, promotion.others.n) == (20, 24)
    assert retention.others.low < 0.8 < retention.others.high
    assert firm.members().participants == keys(firm.matched)
    assert firm.members().others == keys(firm.others)
    assert firm.members(Measure.PROMOTION).others == keys(firm.others[6:])


def test_before_half_a_year_is_over_it_is_too_early():
    firm = Firm()
    assert [each.refusal for each in firm.careers(LAST_DAY_TOO_EARLY)] == [TOO_EARLY] * 2
    assert [each.refusal for each in firm.careers(AS_OF)] == ["", ""]


def test_a_past_day_keeps_its_numbers_whatever_happens_later():
    firm = Firm()
    before = firm.careers()
    for each in firm.others[:10]:
        firm.go(each, on=AS_OF + timedelta(days=1))
    for each in firm.matched[:10]:
        firm.promote(each, on=AS_OF + timedelta(days=1))
    firm.pair(*firm.others[10:12], at=noon(AS_OF + timedelta(days=2)))
    with firm.open():
        Participant.objects.filter(member__in=firm.others).update(
            submitted_at=noon(AS_OF + timedelta(days=2))
        )
    assert firm.careers() == before
    assert firm.careers(AS_OF + timedelta(days=1)) != before


def test_the_day_ends_at_the_organizations_midnight():
    firm = Firm()
    with firm.open():
        firm.cohort.organization.__class__.objects.update(time_zone="Europe/Berlin")
        late = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 23, 59, tzinfo=BERLIN)
        for number, each in enumerate(firm.others[:10]):
            at = late + timedelta(minutes=2 * (number >= 5))
            members.deactivate(member=each, actor=firm.owner, now=at)
    assert shares(firm.careers()[:1]) == [(1.0, 0.83)]


def test_who_enrolled_but_found_nobody_or_found_somebody_late_is_in_neither_group():
    firm = Firm()
    lonely, late, later, gone = firm.hire(4)
    new = firm.hire(1, at=noon(CLOCK + timedelta(days=1)))
    firm.enroll(lonely, Side.MENTOR)
    firm.pair(late, later, at=noon(CLOCK + timedelta(days=1)))
    firm.go(gone, on=CLOCK - timedelta(days=1))
    found = firm.members()
    assert found.participants == keys(firm.matched)
    assert found.others == keys(firm.others)
    assert new[0].pk not in found.others


def test_other_organizations_are_in_no_group():
    firm, _elsewhere = Firm(), Firm()
    assert firm.members().others == keys(firm.others)


def test_small_firms_are_refused_in_words_and_without_any_number():
    firm = Firm(pairs=4)
    found = firm.careers()
    assert [each.refusal for each in found] == [Refusal.TOO_FEW] * 2
    text = render_to_string("reports/_careers.html", {"careers": careers_shown(found)})
    assert "Still here: Too few people for this figure." in text
    assert "chart-picture" not in text
    assert "%" not in text.replace("95 %", "")


def test_the_page_shows_number_and_interval_and_says_that_it_is_no_effect():
    firm = Firm()
    for each in firm.others[:6]:
        firm.go(each, on=date(2026, 4, 1))
    with override("en"):
        shown = careers_shown(firm.careers())
        text = " ".join(render_to_string("reports/_careers.html", {"careers": shown}).split())
    assert "This is a comparison, not an effect" in text
    assert "80%" in text
    assert "n = 30" in text
    assert "The clock of a cohort starts thirty days after its first pair began" in text
    assert shown.chart.table.rows[1].name == "Still here, Comparable others"
    assert shown.chart.table.rows[1].cells[0] == "80%"


@pytest.mark.parametrize("size", [10, 200])
def test_it_costs_four_queries_whatever_the_size(django_assert_num_queries, size):
    firm = Firm(pairs=10, others=size)
    snapshot = firm.at(AS_OF)
    with within(firm.cohort.organization_id), django_assert_num_queries(4):
        careers_of([firm.cohort.pk], snapshot)


def test_a_cohort_without_pairs_costs_two_queries(django_assert_num_queries):
    firm = Firm(pairs=0)
    snapshot = firm.at(AS_OF)
    with within(firm.cohort.organization_id), django_assert_num_queries(2):
        assert [each.refusal for each in careers_of([firm.cohort.pk], snapshot)] == [TOO_EARLY] * 2


def test_grades_that_are_sorted_anew_promote_nobody():
    firm = Firm()
    with firm.open():
        chart.turn_grades_around(actor=firm.owner, now=noon(date(2026, 5, 1)))
        assert CareerStep.objects.filter(by_chart=True).count() == 50
    assert shares(firm.careers()) == [(1.0, 1.0), (0.0, 0.0)]
