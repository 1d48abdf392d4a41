# One image for web, worker, beat and migrate; what it does is the command of the Procfile.

FROM python:3.13-slim AS build
ENV PYTHONDONTWRITEBYTECODE=1 UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1
RUN python -m venv /uv && /uv/bin/pip install --no-cache-dir uv \
    && /uv/bin/uv venv --no-project /app/.venv
WORKDIR /app
# Only what runs in production, at the versions and hashes of the lock.
COPY pyproject.toml requirements.lock ./
RUN /uv/bin/uv pip install --no-cache --python .venv --require-hashes \
    -r pyproject.toml -c requirements.lock
COPY . .
RUN SECRET_KEY=only-for-this-build STATIC_ROOT=/app/static-built .venv/bin/python manage.py collectstatic --noinput \
    && SECRET_KEY=only-for-this-build .venv/bin/python manage.py messages compile \
    && .venv/bin/python -m compileall -q -x '\.venv' .

FROM python:3.13-slim
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    NUMBA_CACHE_DIR=/tmp/engine \
    XDG_CACHE_HOME=/tmp/cache \
    HOST=0.0.0.0 \
    PORT=8000 \
    STATIC_ROOT=/app/static-built
# What WeasyPrint makes PDFs with; bootstrap.sh has the same list.
RUN apt-get -qq update \
    && apt-get -qq install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent mentoring
WORKDIR /app
COPY --from=build --chown=root:root /app /app
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# For web; the other commands replace or disable it in docker-compose.yml.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-m", "mentoring.local.healthy"]
CMD ["gunicorn", "--config", "python:mentoring.gunicorn", "mentoring.wsgi"]
