"""The organization's own words for its mails."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_view
from accounts.permissions import Permission
from accounts.reaching import address_of
from accounts.requests import MemberRequest
from accounts.zones import language_choices
from mentoring.lib.pages import page
from mentoring.notices import trying
from mentoring.notices.drafts import draft_of, keep_draft
from mentoring.notices.editable import Spot, ours_alone, spot_at, spots
from mentoring.notices.forms.texts import SeenForm, TextForm
from mentoring.notices.operations import texts as operations
from mentoring.notices.queries import texts as queries
from mentoring.outbox.preview import policy_for
from mentoring.outbox.texts import Place
from mentoring.outbox.wording import OwnText

# What was typed last and could be shown.
LAST = "last"
FRAMED: dict[str, Any] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}


@member_view(Permission.ORGANIZATION_EDIT)
@require_safe
def mail_texts(request: MemberRequest) -> HttpResponse:
    """Every mail that can be written in own words, and whose words it has."""
    own, spoken = queries.own_texts(), language_choices()
    groups = [
        {
            "title": group.label,
            "rows": [
                {"spot": spot, "places": [_state(spot, code, name, own) for code, name in spoken]}
                for spot in found
            ],
        }
        for group, found in spots()
    ]
    context = {"groups": groups, "ours_alone": [str(each) for each in ours_alone()]}
    return page(request, "notices/mail_texts.html", context)


@csp_override(FRAMED)
@member_view(Permission.ORGANIZATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def mail_text(request: MemberRequest, kind: str, case: str, language: str) -> HttpResponse:
    """One mail in one language: write, look at it, try it, save it."""
    place, spot = _found(kind, case, language)
    latest = queries.latest_at(place)
    form = _form(request, spot, place, latest)
    draft, theirs = "", None
    if request.method == "POST" and form.is_valid():
        own, step = form.cleaned_data["own"], request.POST.get("step", "")
        if step == "test":
            _send_trial(request, place, own)
        elif step != "preview":
            try:
                operations.change_text(
                    place=place,
                    own=own,
                    seen=form.cleaned_data["version"],
                    actor=request.member,
                    now=timezone.now(),
                )
            except operations.ChangedMeanwhile as changed:
                latest = theirs = changed.latest
                form.refuse_stale(_stale(), version=queries.stamp_of(latest))
            else:
                messages.success(request, _("Saved. From now on these mails have your words."))
                return redirect(f"{request.path}?sent={_draft_key(request, place)}")
        draft = keep_draft(request.member, place, own)
    elif request.method == "POST":
        draft = LAST
    context = {
        **_context(request, spot, place, latest),
        "form": form,
        "draft": draft,
        "theirs": theirs,
    }
    return page(request, "notices/mail_text.html", context)


@member_view(Permission.ORGANIZATION_EDIT)
@require_POST
def mail_text_preview(request: MemberRequest, kind: str, case: str, language: str) -> HttpResponse:
    """The part of the page that shows the mail, while somebody types."""
    place, spot = _found(kind, case, language)
    form = _form(request, spot, place, None)
    context = {"spot": spot, "place": place, "form": form, "draft": LAST}
    if form.is_valid():
        own = form.cleaned_data["own"]
        now = timezone.now()
        context["draft"] = keep_draft(request.member, place, own)
        context["subject"] = trying.shown(spot, own, request.member, language, now=now).subject
    return page(request, "notices/_mail_preview.html", context)


@never_cache
@xframe_options_sameorigin
@member_view(Permission.ORGANIZATION_EDIT)
@require_safe
def mail_text_frame(request: MemberRequest, kind: str, case: str, language: str) -> HttpResponse:
    """The mail alone, sandboxed: with the words being typed, else as it is sent."""
    place, spot = _found(kind, case, language)
    own = draft_of(request.member, place) if "draft" in request.GET else None
    if own is None:
        own = _counting(queries.latest_at(place))
    html = trying.shown(spot, own, request.member, language, now=timezone.now()).html
    response = HttpResponse(html)
    # A link in it would take the page away on which somebody is typing.
    response._csp_config = policy_for(html) | {"sandbox": True}  # type: ignore[attr-defined]
    return response


@member_view(Permission.ORGANIZATION_EDIT)
@require_POST
def mail_text_reset(request: MemberRequest, kind: str, case: str, language: str) -> HttpResponse:
    """Our words again; theirs can be brought back."""
    place, _spot = _found(kind, case, language)
    form = SeenForm(request.POST)
    try:
        operations.reset_text(
            place=place, seen=_seen(form), actor=request.member, now=timezone.now()
        )
    except operations.ChangedMeanwhile:
        messages.error(request, _("Somebody else changed these words meanwhile. Please look."))
    except operations.NothingToReset:
        messages.info(request, _("The words are ours already."))
    else:
        messages.success(request, _("These mails have our words again. Yours are kept below."))
    return redirect("mail_text", request.organization.slug, kind, case, language)


@member_view(Permission.ORGANIZATION_EDIT)
@require_POST
def mail_text_restore(
    request: MemberRequest, kind: str, case: str, language: str, text_id: UUID
) -> HttpResponse:
    """Let an earlier version count again."""
    place, spot = _found(kind, case, language)
    text = queries.version_at(place, text_id)
    if text is None:
        raise Http404
    if not spot.takes(text.own):
        messages.error(request, _("These words name something that this mail no longer has."))
        return redirect("mail_text", request.organization.slug, kind, case, language)
    seen = _seen(SeenForm(request.POST))
    try:
        operations.bring_back(text=text, seen=seen, actor=request.member, now=timezone.now())
    except operations.ChangedMeanwhile:
        messages.error(request, _("Somebody else changed these words meanwhile. Please look."))
    else:
        messages.success(request, _("The earlier words count again."))
    return redirect("mail_text", request.organization.slug, kind, case, language)


def _found(kind: str, case: str, language: str) -> tuple[Place, Spot]:
    place = Place(kind, case, language)
    spot = spot_at(place)
    if spot is None:
        raise Http404
    return place, spot


def _seen(form: SeenForm) -> str:
    return form.cleaned_data["seen"] if form.is_valid() else ""


def _draft_key(request: MemberRequest, place: Place) -> str:
    return "-".join((str(request.organization.pk), *place))


def _stale() -> str:
    return _(
        "Somebody else changed these words while you were writing, so yours are not saved yet."
        " Theirs are shown above; save again to replace them."
    )


def _counting(latest: Any) -> OwnText | None:
    return latest.own if latest and latest.ended_at is None else None


def _state(spot: Spot, code: str, name: str, own: Any) -> dict[str, Any]:
    found = own.get(spot.place(code))
    state = "ours" if found is None else "own" if spot.takes(found) else "attention"
    return {"code": code, "name": name, "state": state}


def _form(request: MemberRequest, spot: Spot, place: Place, latest: Any) -> TextForm:
    """What is saved, or our words to begin with."""
    own = _counting(latest)
    if own is None and request.method != "POST":
        own = trying.starting_text(spot, request.member, place.language, now=timezone.now())
    initial = {"subject": own.subject, "words": own.words, "button": own.button} if own else {}
    return TextForm(
        request.POST if request.method == "POST" else None,
        known=spot.known,
        has_button=spot.wording.has_button,
        draft=_draft_key(request, place),
        initial={**initial, "version": queries.stamp_of(latest)},
    )


def _context(request: MemberRequest, spot: Spot, place: Place, latest: Any) -> dict[str, Any]:
    now = timezone.now()
    own = _counting(latest)
    return {
        "spot": spot,
        "place": place,
        "languages": language_choices(),
        "language_name": dict(language_choices())[place.language],
        "variables": trying.explained(spot, request.member, place.language, now=now),
        "own": own,
        "needs_attention": own is not None and not spot.takes(own),
        "stamp": queries.stamp_of(latest),
        "earlier": list(queries.earlier_at(place)),
        "subject": trying.shown(spot, own, request.member, place.language, now=now).subject,
        "address": address_of(request.member),
    }


def _send_trial(request: MemberRequest, place: Place, own: OwnText) -> None:
    try:
        operations.send_trial(place=place, own=own, member=request.member, now=timezone.now())
    except operations.TooManyTrials:
        text = _("You have sent %(most)d tests within an hour. Please try again later.")
        messages.error(request, text % {"most": operations.MOST_TRIALS})
    else:
        address = address_of(request.member)
        text = _("On its way to %(address)s. Nobody else gets it, and it saves nothing.")
        messages.success(request, text % {"address": address})
