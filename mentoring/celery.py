"""The Celery application. Its messages only say "look"; PostgreSQL knows what is due."""

import os
import subprocess
import sys
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_ready, worker_shutting_down

from mentoring.outbox import drain
from mentoring.tenancy.backend.roles import PowerfulRole
from mentoring.tenancy.start import refuse_powerful_roles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentoring.settings")

WARM = [sys.executable, "-m", "mentoring.matching.engine.warm"]

app = Celery("mentoring", fixups=["mentoring.fixups:install"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def start_only_with_weak_roles(**_: Any) -> None:
    """Stop the worker before its first task. Celery would only log any other exception."""
    try:
        refuse_powerful_roles()
    except PowerfulRole as error:
        raise SystemExit(str(error)) from error


@worker_ready.connect
def compile_the_engine(**_: Any) -> None:
    """Beside the worker: its children go on with mails, and fork from no compiler at work."""
    subprocess.Popen(WARM, stdin=subprocess.DEVNULL)


@worker_shutting_down.connect
def give_back_what_is_claimed(**_: Any) -> None:
    """Celery waits for running tasks; those with a backlog end after the mail in hand."""
    drain.begin()
