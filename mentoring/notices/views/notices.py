"""What the bell says, for one member."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.pages import page
from mentoring.notices.operations import notices as operations
from mentoring.notices.queries.notices import notices_of

ON_A_PAGE = 50


@member_view(Permission.TAKE_PART)
@never_cache
@require_safe
def notices(request: MemberRequest) -> HttpResponse:
    """Everything behind the bell, newest first."""
    paging = Paginator(notices_of(request.member), ON_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "notices/notices.html", {"paging": paging, "now": timezone.now()})


@member_view(Permission.TAKE_PART)
@require_POST
def notice_open(request: MemberRequest, notice_id: UUID) -> HttpResponse:
    """Go to what the notice is about; it is read then."""
    notice = get_object_or_404(notices_of(request.member), pk=notice_id)
    operations.mark_read(notice=notice, now=timezone.now())
    is_ours = notice.url.startswith("/") and url_has_allowed_host_and_scheme(notice.url, None)
    return redirect(notice.url if is_ours else _list_of(request))


@member_view(Permission.TAKE_PART)
@require_POST
def notice_read(request: MemberRequest, notice_id: UUID) -> HttpResponse:
    """Mark one as read without going there."""
    notice = get_object_or_404(notices_of(request.member), pk=notice_id)
    operations.mark_read(notice=notice, now=timezone.now())
    return redirect(_list_of(request))


@member_view(Permission.TAKE_PART)
@require_POST
def notices_read(request: MemberRequest) -> HttpResponse:
    """Mark everything that was on the page, and older, as read; what came since stays new."""
    now = timezone.now()
    try:
        until = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        until = None
    if until is None or timezone.is_naive(until):
        return redirect("notices", request.organization.slug)
    count = operations.mark_all_read(member=request.member, until=until, now=now)
    if count:
        text = ngettext("%(count)d notice is read.", "%(count)d notices are read.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("There was nothing new."))
    return redirect("notices", request.organization.slug)


def _list_of(request: MemberRequest) -> str:
    """The page of the list on which the reader was."""
    number = request.POST.get("page", "")
    query = f"?page={number}" if number.isascii() and number.isdigit() else ""
    return reverse("notices", args=[request.organization.slug]) + query
