"""Development only: read the mails that would have been sent."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from mentoring.lib.pages import page
from mentoring.outbox import mailbox, preview

PAGE = 50
FRAMED: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}


@never_cache
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails, fifty a page; ``q`` searches recipients and subjects."""
    box = _box()
    words = request.GET.get("q", "").strip()
    names = [each.name for each in box.search(words)] if words else box.names()
    paging = Paginator(names, PAGE).get_page(request.GET.get("page"))
    context = {
        "envelopes": box.envelopes(list(paging)),
        "paging": paging,
        "words": words,
        "is_kept": _folder() is not None,
    }
    return page(request, "outbox/mails.html", context)


@never_cache
@csp_override(FRAMED)
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: as it looks, its text, its links and its headers."""
    message = mailbox.parsed(_content(name))
    html = mailbox.text_of(message, "html")
    context = {
        "name": name,
        "subject": message["Subject"],
        "headers": [(key, str(value)) for key, value in message.items()],
        "has_html": bool(html),
        "text": mailbox.text_of(message, "plain"),
        "links": preview.links_in(html),
    }
    return page(request, "outbox/mail.html", context)


@never_cache
@xframe_options_sameorigin
@require_safe
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The mail's HTML alone, sandboxed, for the frame on the mail's page."""
    message = mailbox.parsed(_content(name))
    html = preview.showable(mailbox.text_of(message, "html"), mailbox.pictures_of(message))
    response = HttpResponse(html)
    response._csp_config = preview.policy_for(html)  # type: ignore[attr-defined]
    return response


@never_cache
@require_safe
def mail_source(request: HttpRequest, name: str) -> HttpResponse:
    """The mail as it went over the wire."""
    return HttpResponse(_content(name), content_type="text/plain; charset=utf-8")


@require_POST
def mails_clear(request: HttpRequest) -> HttpResponse:
    """Remove every mail that was kept."""
    removed = _box().clear()
    text = ngettext("%(count)s mail removed.", "%(count)s mails removed.", removed)
    messages.success(request, text % {"count": removed})
    return redirect("dev_mails")


def _folder() -> Path | None:
    """Where mails are kept; None when they really are sent."""
    folder = settings.MAILERS["default"].get("OPTIONS", {}).get("folder")
    return Path(folder) if folder else None


def _box() -> mailbox.Mailbox:
    return mailbox.Mailbox(_folder() or Path("nowhere"))


def _content(name: str) -> bytes:
    content = _box().read(name)
    if content is None:
        raise Http404(_("There is no such mail."))
    return content
