"""The product's own settings, and one app more: an effect whose rows show every repetition."""

from environs import Env

from mentoring.settings import *  # noqa: F403
from mentoring.settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

env = Env()
INSTALLED_APPS = [*INSTALLED_APPS, "tests.storm"]
CELERY_BEAT_SCHEDULE = {
    name: {**entry, "schedule": env.float("STORM_PERIOD", 60.0)}
    for name, entry in CELERY_BEAT_SCHEDULE.items()
}
# Small storms cannot wait for three minutes.
STORM_LEASE = env.float("STORM_LEASE", 0.0)
STORM_FAULT = env.str("STORM_FAULT", "")
