"""Pages never wait for the compiler."""

import subprocess
import sys

from tests.outbox.worker import worker_environment
from tests.plugins.databases import ROOT

LOAD = """
import django, sys
django.setup()
import mentoring.wsgi
from django.urls import get_resolver
assert get_resolver().url_patterns
print("numba" in sys.modules)
"""


def test_the_web_process_does_not_import_the_compiler():
    told = subprocess.run(
        [sys.executable, "-c", LOAD],
        env=worker_environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.split()[-1] == "False"
