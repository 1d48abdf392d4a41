"""``manage.py match COHORT``: the plan of the pages, without the pages."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.queries.operators import every_organization, organization_called
from mentoring.matching import jobs
from mentoring.matching.assembling.cohorts import assemble
from mentoring.matching.engine.engine import match
from mentoring.matching.engine.errors import BadCohort
from mentoring.matching.engine.settings import POINT, VERSION
from mentoring.matching.enums import UNFINISHED, Purpose, RunState
from mentoring.matching.models import Run
from mentoring.matching.operations import runs
from mentoring.matching.recipes import BadSettings, recipe_of, settings_of
from mentoring.matching.running.current import NotYet
from mentoring.matching.running.facts import facts_of
from mentoring.matching.running.packing import Question
from mentoring.matching.running.repeating import same_again
from mentoring.matching.running.troubles import trouble_of
from mentoring.matching.running.verifying import problems_of
from mentoring.matching.words import REASONS, TROUBLES
from mentoring.tenancy.scope import within
from programs.models import Cohort

PAUSE = 0.5

type Summary = dict[str, Any]


class Command(BaseCommand):
    """Prints counts and scores, never names; the exit code is 1 when there is no plan."""

    help = "Match a cohort; the product itself is the actor. Nothing is published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cohort", help="its name, or its key")
        parser.add_argument(
            "--organization",
            metavar="ADDRESS",
            help="as in /o/…/; needed where several have a cohort of that name",
        )
        parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--verify", metavar="RUN", help="check the proof of this run instead")

    def handle(self, *args: Any, **options: Any) -> None:
        cohort = _cohort_called(options["cohort"], _organizations(options["organization"]))
        with within(cohort.organization_id):
            if options["verify"]:
                self._verify(cohort, options["verify"])
                return
            try:
                summary = _tried(cohort) if options["dry_run"] else _planned(cohort)
            except (BadCohort, BadSettings) as bad:
                raise CommandError(str(TROUBLES[trouble_of(bad)])) from bad
        self._report(summary, as_json=options["json"])

    def _verify(self, cohort: Cohort, key: str) -> None:
        with transaction.atomic():
            wanted = _key(key)
            run = Run.objects.filter(cohort=cohort, pk=wanted).first() if wanted else None
            if not run:
                raise CommandError("The cohort has no such run.")
            problems = problems_of(run)
            if not problems and run.version == VERSION and not same_again(run):
                problems = ["The engine answers otherwise when it is asked again."]
        if problems:
            raise CommandError(" ".join(problems))
        self.stdout.write("The plan is proven: under its rules there is no better one.")

    def _report(self, summary: Summary, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(summary, ensure_ascii=False, sort_keys=True))
            return
        if summary["run"]:
            self.stdout.write(f"Run: {summary['run']}")
        for name in ("mentors", "mentees", "pairs", "mean_score", "worst_score"):
            self.stdout.write(f"{name.replace('_', ' ').capitalize()}: {summary[name]}")
        for side, reasons in summary["unmatched"].items():
            for reason, count in reasons.items():
                self.stdout.write(f"Without a partner, {side}: {count}. {REASONS[reason]}")
        for side, reasons in summary["left_out"].items():
            for reason, count in reasons.items():
                self.stdout.write(f"Left out, {side}, {reason}: {count}")


def _organizations(address: str | None) -> list[UUID]:
    if address is None:
        return every_organization()
    found = organization_called(address)
    if not found:
        raise CommandError(f"No organization has the address “{address}”.")
    return [found]


def _cohort_called(name: str, organizations: Iterable[UUID]) -> Cohort:
    """The only one in these organizations, each asked in its own scope."""
    key = _key(name)
    found: list[Cohort] = []
    for organization_id in organizations:
        with within(organization_id), transaction.atomic():
            cohorts = Cohort.objects.select_related("program", "organization")
            found += cohorts.filter(pk=key) if key else cohorts.filter(name__iexact=name)
    if len(found) != 1:
        count = "No cohort" if not found else "More than one cohort"
        raise CommandError(f"{count} is called “{name}”; its key says which one is meant.")
    return found[0]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _tried(cohort: Cohort) -> Summary:
    """Straight through the engine; nothing is written. Raises BadCohort or BadSettings."""
    with transaction.atomic():
        settings = settings_of(cohort.program, recipe_of(cohort.program))
        found = assemble(cohort, settings, now=timezone.now())
    question = Question.of(found)
    result = match(found.arrays, settings.rules, settings.weights)
    return {
        "run": None,
        "mentors": len(found.mentors),
        "mentees": len(found.mentees),
        **_scores(len(result.pairs), result.score, result.worst),
        "unmatched": facts_of(question, result)["reasons"],
        "left_out": found.left_out_counts,
    }


def _planned(cohort: Cohort) -> Summary:
    """Through the same job as from the pages, done here or by a worker that was faster."""
    try:
        with transaction.atomic():
            run = runs.start(
                cohort=cohort,
                purpose=Purpose.PLAN,
                settings=settings_of(cohort.program, recipe_of(cohort.program)),
                actor=None,
                now=timezone.now(),
            )
    except runs.AlreadyRunning as busy:
        raise CommandError("A plan of this cohort is being made already.") from busy
    except runs.StillPublishing as busy:
        raise CommandError("Proposals of the last plan are on their way.") from busy
    except NotYet as early:
        raise CommandError(f"The cohort is not being matched: {cohort.state}.") from early
    run = _worked_on(run)
    if run.state != RunState.DONE:
        raise CommandError(str(TROUBLES.get(run.trouble, run.state)))
    return {
        "run": str(run.pk),
        "mentors": run.mentors,
        "mentees": run.mentees,
        **_scores(run.matched, run.total_score, run.worst_score),
        "unmatched": run.facts["reasons"],
        "left_out": run.facts["left_out"],
    }


def _worked_on(run: Run) -> Run:
    while True:
        jobs.look(run_id=run.pk, clock=timezone.now)
        with transaction.atomic():
            found: Run = Run.objects.get(pk=run.pk)
        if found.state not in UNFINISHED:
            return found
        time.sleep(PAUSE)


def _scores(pairs: int, total: int, worst: int) -> Summary:
    """In points, of which there are at most 100 and the bonus."""
    mean = round(total / pairs / POINT, 2) if pairs else 0.0
    return {"pairs": pairs, "mean_score": mean, "worst_score": round(worst / POINT, 2)}
