"""People who use the pages of a running web process without a browser, all at once.

They see what a browser without JavaScript sends: the forms of a page with what is filled in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, HTTPHandler, OpenerDirector, build_opener

TIMEOUT = 120.0


@dataclass(slots=True)
class Form:
    """A form as it was served; ``options`` are the values of its boxes, ticked or not."""

    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)


class Seen(HTMLParser):
    """The heading, the forms and the links of a page."""

    def __init__(self, url: str, html: str) -> None:
        super().__init__()
        self.url = url
        self.text = html
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.heading = ""
        self._form: Form | None = None
        self._select = ""
        self._into: Callable[[str], None] | None = None
        self.feed(html)

    def form(self, button: str) -> Form | None:
        """The form with this button."""
        return next((each for each in self.forms if button in each.buttons), None)

    def link(self, part: str) -> str:
        return next(each for each in self.links if part in each)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in about:
            self.links.append(about["href"])
        elif tag == "h1":
            self._into = self._head
        elif tag == "form":
            self._form = Form(urljoin(self.url, about.get("action", "")))
            self.forms.append(self._form)
        elif self._form is not None:
            self._in_form(self._form, tag, about)

    def _in_form(self, form: Form, tag: str, about: dict[str, str]) -> None:
        name, value = about.get("name", ""), about.get("value", "")
        if tag == "input" and about.get("type") in {"checkbox", "radio"}:
            form.options.setdefault(name, []).append(value or "on")
            if "checked" in about:
                form.values.setdefault(name, []).append(value or "on")
        elif tag == "input" and name:
            form.values.setdefault(name, []).append(value)
        elif tag == "select":
            self._select = name
        elif tag == "option" and (self._select not in form.values or "selected" in about):
            form.values[self._select] = [value]
        elif tag == "textarea":
            form.values[name] = [""]
            self._into = partial(self._add, form.values[name])
        elif tag == "button":
            form.buttons.append("")
            self._into = partial(self._add, form.buttons)

    def _head(self, data: str) -> None:
        self.heading = (self.heading + data).strip()

    def _add(self, texts: list[str], data: str) -> None:
        texts[-1] = (texts[-1] + data).strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag in {"textarea", "button", "h1"}:
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into:
            self._into(data)


class _From(HTTPHandler):
    """From an own address of this machine: sign-ups are limited for each."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self._source = source

    def http_open(self, request: Any) -> Any:
        return self.do_open(partial(HTTPConnection, source_address=(self._source, 0)), request)


class Visitor:
    """One person with own cookies and an own network address."""

    def __init__(self, number: int) -> None:
        cookies = HTTPCookieProcessor(CookieJar())
        self._opener: OpenerDirector = build_opener(cookies, _From(f"127.0.1.{number}"))

    def open(self, url: str, data: bytes | None = None) -> Seen:
        """Follow redirects; an answer of 400 and above raises HTTPError."""
        with self._opener.open(url, data, timeout=TIMEOUT) as response:
            return Seen(response.url, response.read().decode())

    def press(self, page: Seen, button: str, **answers: str) -> Seen:
        """Send the form with this button, as it was served but for the answers."""
        form = page.form(button)
        assert form, (button, page.url, [each.buttons for each in page.forms])
        values: Mapping[str, Any] = {**form.values, **answers}
        return self.open(form.action, urlencode(values, doseq=True).encode())
