"""Logos drawn anew from uploaded pictures."""

from io import BytesIO

from PIL import Image, ImageOps

BYTES = 1024 * 1024
PIXELS = 4096
SIDE = 512
FORMATS = ("PNG", "JPEG", "WEBP")


class NotALogo(ValueError):
    """The upload is not a picture of an accepted kind, or it is damaged."""


class TooManyPixels(ValueError):
    """The picture would need too much memory to draw."""


def redraw(upload: bytes) -> bytes:
    """A PNG of at most 512 by 512 pixels, without anything else the upload carried.

    The measures are read from the head of the file and checked before a single pixel is
    unpacked. Raises NotALogo or TooManyPixels.
    """
    try:
        with Image.open(BytesIO(upload), formats=FORMATS) as picture:
            is_too_large = max(picture.size) > PIXELS
            upright = None if is_too_large else ImageOps.exif_transpose(picture).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except (OSError, ValueError, SyntaxError) as error:
        raise NotALogo from error
    if not upright:
        raise TooManyPixels
    upright.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    clean = Image.new("RGBA", upright.size)
    clean.paste(upright)
    drawn = BytesIO()
    clean.save(drawn, "PNG", optimize=True)
    return drawn.getvalue()
