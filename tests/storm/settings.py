"""The product's own settings, and one app more: an effect whose rows show every repetition."""

from environs import Env

from mentoring.settings import *  # noqa: F403
from mentoring.settings import CELERY_BEAT_SCHEDULE, INSTALLED_APPS

env = Env()
INSTALLED_APPS = [*INSTALLED_APPS, "tests.storm"]
# As in production. In development Django keeps the words of every query, and a storm has many.
DEBUG = False
# Small storms can wait neither for a minute nor for three.
if PERIOD := env.float("STORM_PERIOD", 0.0):
    CELERY_BEAT_SCHEDULE = {
        name: {**entry, "schedule": PERIOD} for name, entry in CELERY_BEAT_SCHEDULE.items()
    }
STORM_LEASE = env.float("STORM_LEASE", 0.0)
STORM_FAULT = env.str("STORM_FAULT", "")
