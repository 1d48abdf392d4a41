"""Forms as a browser without JavaScript sends them: everything that the page holds."""

from html.parser import HTMLParser
from typing import Any


class _Reader(HTMLParser):
    """Collects the fields of the page's forms that post to the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.is_inside = self.is_main = False
        self.area = self.select = ""

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        given = dict(attributes)
        name = given.get("name") or ""
        self.is_main = self.is_main or tag == "main"
        if tag == "form":
            own = given.get("method") == "post" and "action" not in given
            self.is_inside = self.is_main and own
        if not self.is_inside:
            return
        if tag == "textarea":
            self.area = name
            self.fields.setdefault(name, []).append("")
        if tag == "select":
            self.select = name
        if tag == "option" and self.select and "selected" in given:
            self.fields[self.select] = [given.get("value") or ""]
        is_ticked = given.get("type") in {"radio", "checkbox"}
        if tag == "input" and name and (not is_ticked or "checked" in given):
            usual = "on" if is_ticked else ""
            self.fields.setdefault(name, []).append(given.get("value", usual))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.fields[self.area][-1] = self.fields[self.area][-1].removeprefix("\n")
            self.area = ""
        if tag == "select":
            self.select = ""
        if tag == "form":
            self.is_inside = False


def fields_of(response: Any) -> dict[str, list[str]]:
    """What the page's own form would send if nothing were changed."""
    reader = _Reader()
    reader.feed(response.text)
    reader.fields.pop("csrfmiddlewaretoken", None)
    return reader.fields


def send(client: Any, address: str, page: Any = None, **changes: Any) -> Any:
    """Open the page (unless it is given), change some fields, and send its form."""
    fields: dict[str, Any] = fields_of(page or client.get(address))
    return client.post(address, {**fields, **changes})
