"""Pictures that people upload, and some that nobody should."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 32), **options: Any) -> bytes:
    """A small picture of one color."""
    drawn = BytesIO()
    Image.new("RGB", size, "#882255").save(drawn, kind, **options)
    return drawn.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A tiny PNG that says it is huge: the head alone, and next to no pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        checksum = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", checksum)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", pixels), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
