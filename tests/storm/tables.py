"""The harness's own tables and rows; readable without Django."""

# Without any unique key: what happens twice is there twice. ``told`` is whose rows the
# database believed to be in scope.
TABLES = """
CREATE TABLE storm_mark (
    id bigint GENERATED ALWAYS AS IDENTITY, organization_id uuid NOT NULL,
    subject_id uuid NOT NULL, occurrence text NOT NULL, told text
);
CREATE TABLE storm_leak (told text);
"""
MESSAGES = """
INSERT INTO outbox_message (organization_id, kind, channel, recipient, address, subject_id,
    occurrence, state, due_at, look_at, attempts, reason, detail, created_at)
SELECT %(organization)s, %(kind)s, %(channel)s, %(name)s || n, '', uuidv7(), '1', 'queued',
    now(), now() + n * interval '1 microsecond' - interval '1 second', 0, '', '', now()
FROM generate_series(1, %(count)s) AS n
"""
