"""gunicorn's configuration, read from the environment like every other setting."""

import gc

from environs import Env

from mentoring.local.build import build_if_missing

env = Env()

bind = f"{env.str('HOST', '127.0.0.1')}:{env.int('PORT', 8000)}"
worker_class = "gthread"
workers = env.int("WEB_WORKERS", 2)
threads = env.int("WEB_THREADS", 4)
timeout = 60
graceful_timeout = 20
keepalive = 5
# Recycled now and then, at different moments, so that a slow leak stays small.
max_requests = 10_000
max_requests_jitter = 1_000
# The application writes one line per request itself.
accesslog = None
errorlog = "-"
# A heartbeat in memory: on a slow disk it would make healthy workers look dead.
worker_tmp_dir = "/dev/shm"  # noqa: S108 gunicorn makes an unpredictable file there
# Nobody uses it, and every gunicorn of one account would want the same path.
control_socket_disable = True
reload = env.bool("WEB_RELOAD", False)


def on_starting(_: object) -> None:
    """Build what a plain checkout lacks; an image has it already."""
    build_if_missing()


def post_worker_init(_: object) -> None:
    """Never look through loaded code for garbage: that takes a fifth of a second each time."""
    gc.collect()
    gc.freeze()
