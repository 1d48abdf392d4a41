"""Imports as work for the outbox's machinery."""

from mentoring.outbox.work import Work

IMPORTS = Work(
    task="accounts.look_at_import",
    argument="import_id",
    table="accounts_peopleimport",
    prefix="people-import",
)
