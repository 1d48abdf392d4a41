"""The bytes of an export, kept in pieces and given out again."""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from mentoring.outbox.leases import Claim
from mentoring.reports.exporting.claims import locked
from mentoring.reports.exporting.ends import drop_pieces
from mentoring.reports.models import Export, ExportPiece

PIECE = 512 * 1024


@transaction.atomic
def begin(claim: Claim) -> Export:
    """The export, without what an earlier worker had written of it. Raises LostClaim."""
    export = locked(claim)
    drop_pieces(export)
    return export


class Pieces:
    """Takes bytes and keeps each full piece at once, under the claim. Raises LostClaim."""

    def __init__(self, claim: Claim) -> None:
        self.claim, self.size, self._position = claim, 0, 0
        self._told, self._waiting = hashlib.sha256(), bytearray()

    @property
    def digest(self) -> str:
        return self._told.hexdigest()

    def write(self, data: bytes) -> int:
        self._told.update(data)
        self.size += len(data)
        self._waiting += data
        while len(self._waiting) >= PIECE:
            self._keep(bytes(self._waiting[:PIECE]))
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        """Keep what is left."""
        if self._waiting:
            self._keep(bytes(self._waiting))
            self._waiting.clear()

    @transaction.atomic
    def _keep(self, content: bytes) -> None:
        export = locked(self.claim)
        ExportPiece.objects.create(export=export, position=self._position, content=content)
        self._position += 1


def pieces_of(export_id: UUID) -> Iterator[bytes]:
    """One piece a query, so that nobody ever holds the whole file."""
    position = 0
    while True:
        with transaction.atomic():
            found = ExportPiece.objects.filter(export=export_id, position=position)
            piece = found.values_list("content", flat=True).first()
        if piece is None:
            return
        yield bytes(piece)
        position += 1
