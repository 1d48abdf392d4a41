"""What a run keeps: first what went in, then what came out. All or nothing, under the claim."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import batched

from django.db import transaction

from mentoring.matching.assembling.cohorts import assemble
from mentoring.matching.engine.arrays import Ints
from mentoring.matching.engine.result import Result
from mentoring.matching.enums import RunState
from mentoring.matching.models import Run, RunData, RunPair, RunRest
from mentoring.matching.recipes import Settings, from_json
from mentoring.matching.running.claims import locked
from mentoring.matching.running.ends import end
from mentoring.matching.running.facts import facts_of, rest_of
from mentoring.matching.running.packing import (
    Question,
    packed,
    packed_certificate,
    unpacked,
)
from mentoring.outbox.leases import Claim

BATCH = 2000


@transaction.atomic
def asked(claim: Claim, *, now: datetime) -> tuple[Question, Settings]:
    """What the run is about: as an earlier worker kept it, or as people are at this moment.

    So a run that is taken over gives the answer that the first worker would have given.
    Raises LostClaim or BadSettings.
    """
    run = locked(claim)
    settings = from_json(run.settings)
    kept = RunData.objects.filter(run=run).first()
    if kept:
        return unpacked(kept.inputs), settings
    found = assemble(run.cohort, settings, now=now)
    question = Question.of(found)
    RunData.objects.create(run=run, inputs=packed(question))
    run.mentees, run.mentors = len(question.mentees), len(question.mentors)
    run.facts = {"left_out": found.left_out_counts, "locks_left_out": found.locks_left_out}
    run.save(update_fields=["mentees", "mentors", "facts"])
    return question, settings


@transaction.atomic
def store(claim: Claim, question: Question, result: Result, *, now: datetime) -> None:
    """Keep the answer with its proof. Raises LostClaim."""
    run = locked(claim)
    certificate = packed_certificate(result.certificate)
    RunData.objects.filter(run=run).update(certificate=certificate)
    for pairs in batched(_pairs(run, question, result), BATCH):
        RunPair.objects.bulk_create(pairs)
    for rest in batched(_rest(run, question, result), BATCH):
        RunRest.objects.bulk_create(rest)
    run.matched = len(result.pairs)
    run.total_score, run.worst_score = result.score, result.worst
    run.facts |= facts_of(question, result)
    end(run, RunState.DONE, now=now)


def parts_at(parts: Mapping[str, Ints], at: int) -> dict[str, int]:
    """The score of one pair by feature, without what counts nothing."""
    found = {name: int(values[at]) for name, values in parts.items()}
    return {name: value for name, value in found.items() if value}


def _pairs(run: Run, question: Question, result: Result) -> Iterator[RunPair]:
    for at, (mentee, mentor) in enumerate(result.pairs.tolist()):
        yield RunPair(
            run=run,
            mentor_id=question.mentors[mentor],
            mentee_id=question.mentees[mentee],
            score=int(result.scores[at]),
            parts=parts_at(result.parts, at),
            is_locked=bool(result.locked[at]),
        )


def _rest(run: Run, question: Question, result: Result) -> Iterator[RunRest]:
    for each in result.unmatched:
        people = question.mentees if each.side == "mentee" else question.mentors
        yield RunRest(
            run=run,
            participant_id=people[each.person],
            reason=each.reason,
            facts=rest_of(each),
        )
