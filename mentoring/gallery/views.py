"""Development-only pages that show the design system."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import TemplateDoesNotExist
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mentoring.gallery import charts, samples
from mentoring.gallery.forms import SampleForm, SignInForm
from mentoring.lib.colors import brand_stylesheet, parse_color
from mentoring.lib.errors import error_page
from mentoring.lib.pages import page
from mentoring.lib.selections import Selection

NOTES = {
    "success": messages.SUCCESS,
    "info": messages.INFO,
    "warning": messages.WARNING,
    "error": messages.ERROR,
}
SHOWN = 20


@require_http_methods(["GET", "POST"])
def gallery(request: HttpRequest, section: str = "foundations") -> HttpResponse:
    """One section of components in all their states."""
    titles = {slug: title for slug, title, _ in samples.SECTIONS}
    if section not in titles:
        raise Http404
    if request.method == "POST":
        note = request.POST.get("note", "success")
        messages.add_message(request, NOTES.get(note, messages.INFO), f"A {note} message.")
        return redirect(request.get_full_path())
    table = samples.PERMISSIONS.read(request.GET, samples.permissions(), path=request.path)
    context = {
        "section": section,
        "section_title": titles[section],
        "section_template": f"gallery/{section}.html",
        "form": SampleForm(),
        "wrong": SampleForm({"name": "Amara", "email": "amara@"}),
        "permissions": table,
        "nothing": samples.NOTHING.read({}, samples.permissions().none()),
        "people": samples.PEOPLE,
        "tones": samples.TONES,
        "colors": samples.COLORS,
        "notes": NOTES,
        "charts": charts.samples(),
        **samples.moments(timezone.now()),
        **frame(request, section),
    }
    return page(request, "gallery/gallery.html", context, part="permissions")


@require_POST
def picked(request: HttpRequest) -> HttpResponse:
    """Ask once more about the picked rows of the list, then say so; nothing is really changed."""
    selection = Selection.of(request.POST)
    rows = samples.picked(selection)
    back = reverse("gallery:section", args=["tables"])
    if not rows:
        messages.info(request, "Please select something.")
        return redirect(back)
    if request.POST.get("count") == str(len(rows)):
        messages.success(request, f"Archived: {len(rows)}.")
        return redirect(back)
    context = {
        "selection": selection,
        "rows": rows[:SHOWN],
        "count": len(rows),
        "more": max(0, len(rows) - SHOWN),
        "has_changed": "count" in request.POST,
        **frame(request, "tables"),
    }
    return page(request, "gallery/picked.html", context)


@require_GET
def entrance(request: HttpRequest) -> HttpResponse:
    data = {"email": "amara@"} if "wrong" in request.GET else None
    return page(request, "gallery/entrance.html", {"form": SignInForm(data)})


@require_GET
def error(request: HttpRequest, template: str) -> HttpResponse:
    status = int(template[:3]) if template[:3].isdigit() else 404
    try:
        return error_page(request, status, template=template.replace("-", "_"))
    except TemplateDoesNotExist as missing:
        raise Http404 from missing


@require_GET
def brand(request: HttpRequest) -> HttpResponse:
    """The style sheet of an accent color, to try one in the gallery."""
    try:
        color = parse_color(request.GET.get("accent", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    return HttpResponse(brand_stylesheet(color), content_type="text/css")


def frame(request: HttpRequest, section: str) -> dict[str, object]:
    """What surrounds the content of a page for people who have signed in."""
    return {
        "navigation": navigation(section),
        "memberships": memberships(),
        "organization_new_url": "#",
        **brand_context(request),
    }


def brand_context(request: HttpRequest) -> dict[str, str]:
    try:
        color = parse_color(request.GET.get("accent", ""))
    except ValueError:
        return {}
    return {"brand_css_url": f"{reverse('gallery:brand')}?accent=%23{color[1:]}"}


def navigation(current: str) -> list[dict[str, object]]:
    return [
        {
            "label": title,
            "url": reverse("gallery:section", args=[slug]),
            "icon": icon,
            "current": slug == current,
            "group": "Design system",
        }
        for slug, title, icon in samples.SECTIONS
    ]


def memberships() -> list[dict[str, object]]:
    return [
        {"name": "Nordlicht Versicherung", "url": "#", "current": True},
        {"name": "O'Hara & Söhne", "url": "#", "current": False},
    ]
