"""What the preflight of a cohort is judged by."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Min, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Grade, Member
from mentoring.tenancy.scope import organization_in_scope
from programs.enums import Kind, Moment, Side
from programs.models import Cohort, FeedbackForm, Program, TopicFamily
from programs.queries.eligibility import AVAILABLE, Rule, available_people, rules_of

BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT id FROM accounts_member WHERE organization_id = %(organization)s AND manager_id = %(top)s
    UNION
    SELECT one.id FROM accounts_member AS one JOIN below ON one.manager_id = below.id
    WHERE one.organization_id = %(organization)s
)
SELECT count(*) FROM accounts_member JOIN below USING (id)
WHERE organization_id = %(organization)s AND deactivated_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class People:
    """The active people of the organization in scope; ranks are those of eligible mentors."""

    total: int
    without_grade: int
    without_manager: int
    mentors: int
    mentees: int
    lowest: int | None
    highest: int | None


@dataclass(frozen=True, slots=True)
class Launch:
    """Everything that the checks look at, read in a constant number of queries.

    ``within_gap`` is how many of the eligible mentees have at least one eligible mentor
    far enough away from them.
    """

    cohort: Cohort
    program: Program
    people: People
    below_contact: int
    grades: int
    families: int
    empty_families: tuple[str, ...]
    eligible: dict[Side, int]
    within_gap: int
    required_items: int
    asked_sides: frozenset[Side]


def launch_of(cohort: Cohort) -> Launch:
    """The facts about a cohort, which is best loaded `whole`."""
    program, rules = cohort.program, rules_of(cohort)
    families = list(TopicFamily.objects.order_by("position", "pk").annotate(topic_count=_topics()))
    people = _people(rules)
    grades, required_items = _counts(program)
    return Launch(
        cohort=cohort,
        program=program,
        people=people,
        below_contact=_count_below(program.concern_contact_id),
        grades=grades,
        families=len(families),
        empty_families=tuple(str(each) for each in families if not each.topic_count),
        eligible={Side.MENTOR: people.mentors, Side.MENTEE: people.mentees},
        within_gap=_within_gap(program, rules[Side.MENTEE], people),
        required_items=required_items,
        asked_sides=_asked_sides(program),
    )


def has_gap(program: Program) -> bool:
    """Whether grades decide at all who may meet whom."""
    return program.kind != Kind.MUTUAL


def _topics() -> Count:
    in_use = Q(topics__archived_at=None, topics__merged_into=None)
    return Count("topics", filter=in_use)


def _people(rules: dict[Side, Rule]) -> People:
    mentors = AVAILABLE & rules[Side.MENTOR].as_q()
    mentees = AVAILABLE & rules[Side.MENTEE].as_q()
    counted = Member.objects.active().aggregate(
        total=Count("pk"),
        without_grade=Count("pk", filter=Q(grade=None)),
        without_manager=Count("pk", filter=Q(manager=None)),
        mentors=Count("pk", filter=mentors),
        mentees=Count("pk", filter=mentees),
        lowest=Min("grade__rank", filter=mentors),
        highest=Max("grade__rank", filter=mentors),
    )
    return People(**counted)


def _counts(program: Program) -> tuple[int, int]:
    """Grades, and required preparation items that are in use."""
    items = Q(preparation_items__is_required=True, preparation_items__archived_at=None)
    grades = Grade.objects.order_by().values("organization").annotate(count=Count("pk"))
    found = Program.objects.annotate(
        grade_count=Coalesce(Subquery(grades.values("count")), 0),
        item_count=Count("preparation_items", filter=items),
    )
    return found.values_list("grade_count", "item_count").get(pk=program.pk)


def _count_below(member_id: UUID | None) -> int:
    """How many people report to somebody, straight or through others."""
    if member_id is None:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(BELOW, {"organization": organization_in_scope(), "top": member_id})
        return int(cursor.fetchone()[0])


def _within_gap(program: Program, rule: Rule, people: People) -> int:
    """In a reverse program the mentor stands below, in a traditional one above."""
    if not has_gap(program):
        return people.mentees
    if people.lowest is None or people.highest is None:
        return 0
    if program.kind == Kind.REVERSE:
        reach = Q(grade__rank__gte=people.lowest + program.grade_gap)
    else:
        reach = Q(grade__rank__lte=people.highest - program.grade_gap)
    return available_people().filter(rule.as_q(), reach).count()


def _asked_sides(program: Program) -> frozenset[Side]:
    """The sides whose newest feedback form has a question."""
    forms = FeedbackForm.objects.filter(program=program, moment=Moment.PARTNER).order_by("version")
    counted = forms.annotate(question_count=Count("questions"))
    newest = {form.writer: form.question_count for form in counted}
    return frozenset(Side(writer) for writer, count in newest.items() if count)
