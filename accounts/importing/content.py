"""The bytes of an uploaded list, kept in pieces and read back into a file."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any
from uuid import UUID

from django.db import transaction

from accounts.models import ImportFile, PeopleImport
from accounts.roster.findings import Code, Unreadable
from accounts.roster.sheets import FILE_BYTES

PIECE = 512 * 1024
IN_MEMORY = 1024 * 1024


def pieces_of(file: IO[bytes]) -> Iterator[bytes]:
    """The file from its start, a piece at a time. Raises Unreadable when it is too large."""
    file.seek(0)
    size = 0
    while piece := file.read(PIECE):
        size += len(piece)
        if size > FILE_BYTES:
            raise Unreadable(Code.TOO_LARGE, most=FILE_BYTES // (1024 * 1024))
        yield piece


def digest_of(file: IO[bytes]) -> str:
    """The file's fingerprint. Raises Unreadable when it is too large."""
    told = hashlib.sha256()
    for piece in pieces_of(file):
        told.update(piece)
    return told.hexdigest()


def keep(people_import: PeopleImport, file: IO[bytes]) -> None:
    """Store the file with the import."""
    for position, piece in enumerate(pieces_of(file)):
        ImportFile.objects.create(people_import=people_import, position=position, content=piece)


@contextmanager
def opened(import_id: UUID) -> Iterator[IO[bytes]]:
    """The stored file, for reading. Raises Unreadable when it is kept no longer."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        for piece in _stored(import_id):
            file.write(piece)
        if not file.tell():
            raise Unreadable(Code.FILE_GONE)
        file.seek(0)
        yield file


def _stored(import_id: UUID) -> Iterable[Any]:
    """One piece a query, so that the database's answer never holds the whole file."""
    position = 0
    while True:
        with transaction.atomic():
            found = ImportFile.objects.filter(people_import=import_id, position=position)
            piece = found.values_list("content", flat=True).first()
        if piece is None:
            return
        yield piece
        position += 1
