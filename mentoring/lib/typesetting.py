"""WeasyPrint, with our fonts and nothing else from outside. Loaded when the first PDF is made."""

import os
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import weasyprint
from django.conf import settings
from PIL import ImageFile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# WeasyPrint lets Pillow take pictures that are cut off, everywhere in the process. We do not: what
# people upload as a logo has to be whole.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# The library for fonts writes the time into what it makes of one, unless it is told a time (the
# convention of reproducible-builds.org): the same document is to be the same bytes.
os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")

# Tagged for screen readers, as ISO 14289-1 wants it.
ACCESSIBLE = "pdf/ua-1"
STYLE = "css/pdf.css"


class Refused(ValueError):
    """A document asked for something that is not one of our own static files."""


class OwnFiles(URLFetcher):
    """Gives our own static files, and neither the network nor any other file."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file"], allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        address = urlsplit(url)
        path = Path(url2pathname(address.path)).resolve()
        is_ours = any(path.is_relative_to(folder) for folder in folders())
        if address.scheme != "file" or address.netloc or not is_ours:
            raise Refused(url)
        return super().fetch(path.as_uri(), headers)


def folders() -> list[Path]:
    return [Path(folder).resolve() for folder in settings.STATICFILES_DIRS]


def typeset(html: str) -> bytes:
    """The document as an accessible PDF. Addresses in it are relative to our static files."""
    home = folders()[0]
    fonts, fetcher = FontConfiguration(), OwnFiles()
    style = weasyprint.CSS(url=(home / STYLE).as_uri(), font_config=fonts, url_fetcher=fetcher)
    document = weasyprint.HTML(string=html, base_url=f"{home.as_uri()}/", url_fetcher=fetcher)
    made: bytes = document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=ACCESSIBLE)
    return made
