"""Runs and publications as work for the outbox's machinery."""

from mentoring.outbox.work import Work

RUNS = Work(
    task="matching.look_at_run",
    argument="run_id",
    table="matching_run",
    prefix="matching-run",
)
PUBLICATIONS = Work(
    task="matching.look_at_publication",
    argument="publication_id",
    table="matching_publication",
    prefix="matching-publication",
)
