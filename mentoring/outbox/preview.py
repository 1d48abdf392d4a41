"""Show a mail's HTML in a browser without loosening the content security policy."""

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.utils.csp import CSP

CID = re.compile(r"cid:([\w.@-]+)")


class _Styles(HTMLParser):
    """Collects every inline style, and the addresses that links lead to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.styles: list[str] = []
        self.links: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if style := values.get("style"):
            self.styles.append(style)
        if tag == "a" and (address := values.get("href")):
            self.links.append(address)
        self._is_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._is_style = False

    def handle_data(self, data: str) -> None:
        if self._is_style:
            self.styles.append(data)


def _read(html: str) -> _Styles:
    reader = _Styles()
    reader.feed(html)
    return reader


def links_in(html: str) -> list[str]:
    """The addresses that the mail links to, each once, in order."""
    return list(dict.fromkeys(_read(html).links))


def showable(html: str, pictures: dict[str, tuple[str, bytes]]) -> str:
    """The HTML with its inline pictures in place, whose links open outside of the frame.

    Line ends become those that browsers see, and over which they compute their hashes.
    """

    def picture(match: re.Match[str]) -> str:
        kind, content = pictures.get(unescape(match[1]), ("image/png", b""))
        return f"data:{kind};base64,{b64encode(content).decode()}"

    html = html.replace("\r\n", "\n")
    return CID.sub(picture, html).replace("<head>", '<head><base target="_top">', 1)


def policy_for(html: str) -> dict[str, Any]:
    """A policy that allows exactly the styles that this HTML has, and nothing that acts."""
    hashes = {f"'sha256-{_digest(style)}'" for style in _read(html).styles}
    return {
        "default-src": [CSP.NONE],
        "style-src": [CSP.UNSAFE_HASHES, *sorted(hashes)] if hashes else [CSP.NONE],
        "img-src": ["data:"],
        "frame-ancestors": [CSP.SELF],
        "sandbox": ["allow-top-navigation-by-user-activation", "allow-popups"],
    }


def _digest(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()
