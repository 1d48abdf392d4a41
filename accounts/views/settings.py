"""How the organization is set up and looks."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_http_methods, require_safe

from accounts import queries
from accounts.access import member_view
from accounts.forms.settings import (
    AppearanceForm,
    GeneralForm,
    TermsForm,
    VersionedForm,
    read_color,
)
from accounts.operations import settings as operations
from accounts.palettes import palette_of
from accounts.permissions import Permission
from accounts.requests import MemberRequest
from mentoring.lib.colors import brand_stylesheet
from mentoring.lib.pages import page

FOR_GOOD = "private, max-age=31536000, immutable"


@member_view(Permission.ORGANIZATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_settings(request: MemberRequest) -> HttpResponse:
    """Name, language and time zone."""
    own = request.organization
    form = GeneralForm(
        request.POST or None,
        initial={
            "name": own.name,
            "language": own.language,
            "time_zone": own.time_zone,
            "version": operations.version_of(own, operations.GENERAL),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_general(
                organization=own, actor=request.member, now=timezone.now(), **form.cleaned_data
            )
        except operations.ChangedMeanwhile as changed:
            refuse_stale(form, changed, operations.GENERAL)
        else:
            return saved(request, "organization_settings")
    return page(request, "accounts/settings/general.html", {"form": form})


@member_view(Permission.ORGANIZATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_appearance(request: MemberRequest) -> HttpResponse:
    """Accent color and logo."""
    own = request.organization
    version = operations.version_of(own, operations.APPEARANCE)
    form = AppearanceForm(
        request.POST or None,
        request.FILES or None,
        has_logo=bool(own.logo_digest),
        initial={"accent": own.accent, "version": version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_appearance(
                organization=own, actor=request.member, **form.cleaned_data
            )
        except operations.ChangedMeanwhile as changed:
            refuse_stale(form, changed, operations.APPEARANCE)
        else:
            return saved(request, "organization_appearance")
    context = {"form": form, "palette": palette_of(read_color(form["accent"].value() or ""))}
    return page(request, "accounts/settings/appearance.html", context)


@member_view(Permission.ORGANIZATION_EDIT)
@require_safe
def organization_accent(request: MemberRequest) -> HttpResponse:
    """What a color would look like, while it is being chosen."""
    palette = palette_of(read_color(request.GET.get("accent", "")))
    return page(request, "accounts/settings/_palette.html", {"palette": palette})


@member_view(Permission.ORGANIZATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_terms(request: MemberRequest) -> HttpResponse:
    """The organization's own words."""
    own = request.organization
    words = {
        f"{term}_{form}": word for term, pair in own.terms.items() for form, word in pair.items()
    }
    version = operations.version_of(own, operations.TERMS)
    form = TermsForm(request.POST or None, initial={**words, "version": version})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_terms(
                organization=own,
                terms=form.cleaned_data["terms"],
                version=form.cleaned_data["version"],
                actor=request.member,
            )
        except operations.ChangedMeanwhile as changed:
            refuse_stale(form, changed, operations.TERMS)
        else:
            return saved(request, "organization_terms")
    return page(request, "accounts/settings/terms.html", {"form": form})


@member_view(Permission.ORGANIZATION_VIEW)
@require_safe
def organization_brand(request: MemberRequest, color: str) -> HttpResponse:
    """The style sheet of an accent color. Its address holds the color, so it never changes."""
    chosen = read_color(color)
    if not chosen:
        raise Http404
    headers = {"Cache-Control": FOR_GOOD}
    return HttpResponse(brand_stylesheet(chosen), content_type="text/css", headers=headers)


def _etag(request: MemberRequest, digest: str) -> str:
    return f'"{digest}"'


@member_view(Permission.ORGANIZATION_VIEW)
@require_safe
@condition(etag_func=_etag)
def organization_logo(request: MemberRequest, digest: str) -> HttpResponse:
    """The logo. Its address holds its digest, so it never changes."""
    logo = queries.logo_with(digest)
    if not logo:
        raise Http404
    headers = {"Cache-Control": FOR_GOOD, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(logo.png), content_type="image/png", headers=headers)


def saved(request: MemberRequest, view: str) -> HttpResponse:
    """Say so, and show the page anew."""
    messages.success(request, _("The settings are saved."))
    return redirect(view, request.organization.slug)


def refuse_stale(
    form: VersionedForm, changed: operations.ChangedMeanwhile, section: tuple[str, ...]
) -> None:
    """Tell somebody whose settings were changed by another meanwhile."""
    form.refuse_stale(
        _(
            "Somebody else changed these settings while you were editing, so yours are not"
            " saved yet. Reload the page to see theirs, or save again to replace them."
        ),
        version=operations.version_of(changed.organization, section),
    )
