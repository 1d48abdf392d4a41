"""``python -m mentoring.local.healthy``: whether the web process in this container answers."""

import os
import sys

from mentoring.local.probe import LOOPBACK, status_of

FIRST_FAILURE = 500


def main() -> int:
    """The exit code for a health check.

    A redirect to https, or a refusal of the loopback name, comes from a living process too.
    """
    status = status_of(f"http://{LOOPBACK}:{os.environ.get('PORT') or 8000}/healthz")
    return 0 if status is not None and status < FIRST_FAILURE else 1


if __name__ == "__main__":
    sys.exit(main())
