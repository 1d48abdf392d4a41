"""The pages of one's own account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from accounts.forms.account import ProfileForm
from accounts.operations import account as operations
from accounts.requests import Request
from accounts.security import protection_of, sessions_of
from mentoring.lib.pages import page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Request) -> HttpResponse:
    """See and change one's own name, language and time zone."""
    user = request.user
    stored = {"name": user.name, "language": user.language, "time_zone": user.time_zone}
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=stored)
    if request.method == "POST" and form.is_valid():
        operations.change_profile(user=user, now=timezone.now(), **form.cleaned_data)
        # The answer to this request is still in the former language; the thanks are not.
        with translation.override(user.language or translation.get_language()):
            messages.success(request, _("Your changes were saved."))
        return redirect("account")
    return page(request, "accounts/account.html", {"form": form})


@login_required
@never_cache
@require_safe
def security(request: Request) -> HttpResponse:
    """Everything that opens one's account, at a glance."""
    protection = protection_of(request.user, now=timezone.now())
    return page(request, "accounts/account_security.html", {"protection": protection})


@login_required
@never_cache
@require_safe
def sessions(request: Request) -> HttpResponse:
    """Where one is signed in."""
    current = request.session.session_key
    own = sessions_of(request.user, current=current, now=timezone.now())
    return page(request, "accounts/account_sessions.html", {"sessions": own})


@login_required
@require_POST
def end_session(request: Request, session_id: int) -> HttpResponse:
    """Sign out on one other device; a foreign session and none at all are the same."""
    try:
        operations.end_session(user=request.user, session_id=session_id)
    except operations.UnknownSession:
        raise Http404 from None
    messages.success(request, _("You are signed out there."))
    return redirect("account_sessions")


@login_required
@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    """Sign out everywhere but here."""
    count = operations.end_other_sessions(user=request.user, session=request.session)
    text = ngettext(
        "You are signed out on %(count)d other device.",
        "You are signed out on %(count)d other devices.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect("account_sessions")


@require_POST
def switch_language(request: Request) -> HttpResponse:
    """Django's language switch, remembered for people who are signed in."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and translation.check_for_language(language):
        operations.choose_language(user=request.user, language=language)
    return response
