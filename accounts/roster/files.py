"""What kind of file was handed in, told from its content and never from its name."""

from typing import IO

from accounts.roster.csvs import read_csv
from accounts.roster.findings import Code, Unreadable
from accounts.roster.sheets import Sheet
from accounts.roster.workbooks import read_workbook

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
PIECE = 1024 * 1024


def read_list(file: IO[bytes]) -> Sheet:
    """The list in a file that can be read again from its start. Raises Unreadable."""
    file.seek(0)
    start = file.read(8)
    if not start:
        raise Unreadable(Code.EMPTY)
    if start.startswith((ZIP, EMPTY_ZIP)):
        return read_workbook(file)
    if start == OLD_OFFICE:
        raise Unreadable(Code.PROTECTED if _mentions(file, ENCRYPTED) else Code.OLD_EXCEL)
    if start.startswith(OTHERS):
        raise Unreadable(Code.NOT_A_LIST)
    return read_csv(file)


def _mentions(file: IO[bytes], words: bytes) -> bool:
    file.seek(0)
    before = b""
    while piece := file.read(PIECE):
        if words in before + piece:
            return True
        before = piece[-len(words) :]
    return False
