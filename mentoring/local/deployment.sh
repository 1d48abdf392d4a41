#!/bin/sh
# Django's deployment checks with the settings of a production installation; a warning fails.
set -eu

exec env -i PATH="$PATH" HOME="${HOME:-/}" \
    SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    BASE_URL="https://mentoring.example" \
    DATABASE_URL="postgresql://app:secret@database.example/mentoring" \
    OWNER_DATABASE_URL="postgresql://owner:secret@database.example/mentoring" \
    SYSTEM_DATABASE_URL="postgresql://system:secret@database.example/mentoring" \
    REDIS_URL="redis://broker.example/0" \
    MAIL_URL="smtps://user:secret@mail.example:465" \
    MAIL_FROM="Mentoring <mentoring@mentoring.example>" \
    TRUSTED_PROXIES="1" \
    .venv/bin/python manage.py check --deploy --fail-level WARNING
