"""How pairs see each other's part: means of whole batches, with how many scores they are of."""

from datetime import date, datetime, time

import pytest

from mentoring.feedback.models import Release, ReleasedAnswer
from mentoring.reports.disclosure.measures import MEASURES
from mentoring.reports.quality import QUALITIES
from programs.enums import Moment, QuestionKind, Side
from programs.operations.questions import form_in_use
from tests.factories import inside, url
from tests.meetings.people import BERLIN
from tests.reports.people import create_pair, take
from tests.reports.test_dashboard import JULY, analyst_of, place, seen

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 20)


def release(cohort, scores, *, on=JUNE, respondents=8, writer=Side.MENTEE) -> None:
    """One batch of answers to the first rated question to the partner."""
    with inside(cohort.organization_id):
        form = form_in_use(program=cohort.program, moment=Moment.PARTNER, writer=writer)
        question = form.questions.filter(kind=QuestionKind.RATED).order_by("position")[0]
        batch = Release.objects.create(
            cohort=cohort,
            question=question,
            until=datetime.combine(on, time(3), tzinfo=BERLIN),
            released_on=on,
            respondents=respondents,
        )
        ReleasedAnswer.objects.bulk_create(
            ReleasedAnswer(release=batch, value=score) for score in scores
        )


def test_scores_are_those_of_whole_batches_up_to_the_day(client):
    ada, _, _ = create_pair()
    release(ada.cohort, [5, 4, 3, 4, 5, 4, 3, 4])
    release(ada.cohort, [1] * 8, on=date(2026, 7, 20))
    release(ada.cohort, [1] * 4, on=date(2026, 6, 21), respondents=4)
    take(ada.organization_id, now=JULY)

    page = " ".join(seen(client, analyst_of(ada.member.organization)).text.split())

    assert "4.00 of 5" in page
    assert "8 scores, 2 Jul 2026" in page
    assert page.count("Too few people have answered") == 1


def test_of_parts_of_a_cohort_there_are_no_scores(client):
    ada, _, _ = create_pair()
    place(ada, "Sales")
    release(ada.cohort, [4] * 8)
    take(ada.organization_id, now=JULY)
    analyst = analyst_of(ada.member.organization)

    assert "4.00 of 5" in seen(client, analyst).text
    assert "of 5" not in seen(client, analyst, department="Sales").text


def test_what_scores_mean_is_told_as_well(client):
    ada, _, _ = create_pair()
    take(ada.organization_id, now=JULY)
    analyst = analyst_of(ada.member.organization)
    seen(client, analyst)
    meanings = client.get(url(analyst, "report_metrics")).text
    for key in (*(each.key for each in QUALITIES), *MEASURES):
        assert f'id="{key}"' in meanings
