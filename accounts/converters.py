"""Parts of addresses."""

from django.urls.converters import StringConverter


class Digest(StringConverter):
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"


class HexColor(StringConverter):
    """A color without its hash."""

    regex = "[0-9a-f]{6}"
