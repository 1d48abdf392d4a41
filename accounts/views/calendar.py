"""When people are written to, and on which days nobody is."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import member_view
from accounts.forms.calendar import (
    HolidayForm,
    HolidayListForm,
    PublicHolidaysForm,
    SendingForm,
)
from accounts.operations import holidays as operations
from accounts.operations import settings
from accounts.permissions import Permission
from accounts.public_holidays import public_holidays
from accounts.queries import calendar as queries
from accounts.requests import MemberRequest
from accounts.views.settings import refuse_stale, saved
from mentoring.lib.clock import day_at, zone_named
from mentoring.lib.pages import page
from mentoring.lib.tables import Column, Table

HOLIDAYS = Table(
    key="holidays",
    columns=(
        Column("date", gettext_lazy("Date")),
        Column("name", gettext_lazy("Name")),
        Column("actions", gettext_lazy("Actions"), hidden_label=True),
    ),
    page_size=50,
    keep=("year",),
)


@member_view(Permission.ORGANIZATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_sending(request: MemberRequest) -> HttpResponse:
    """The hour of reminders and the days of the week."""
    own = request.organization
    version = settings.version_of(own, settings.SENDING)
    initial = {name: getattr(own, name) for name in settings.SENDING}
    form = SendingForm(request.POST or None, initial={**initial, "version": version})
    if request.method == "POST" and form.is_valid():
        try:
            settings.change_sending(
                organization=own, actor=request.member, now=timezone.now(), **form.cleaned_data
            )
        except settings.ChangedMeanwhile as changed:
            refuse_stale(form, changed, settings.SENDING)
        else:
            return saved(request, "organization_sending")
    return page(request, "accounts/settings/sending.html", {"form": form})


@member_view(Permission.ORGANIZATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_holidays(request: MemberRequest) -> HttpResponse:
    """The days off of one year, and one more."""
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day, name = form.cleaned_data["day"], form.cleaned_data["name"]
        try:
            operations.add_holiday(day=day, name=name, actor=request.member, now=timezone.now())
        except operations.DayTaken as taken:
            words = _("This day is a holiday already: %(name)s.")
            form.add_error("day", words % {"name": taken.name})
        else:
            messages.success(request, _("%(name)s is added.") % {"name": name})
            return _to_year(request, day.year)
    today = _today(request)
    year = _year(request.GET.get("year", ""), today.year)
    counts = queries.holiday_years()
    years = [(each, counts.get(each, 0)) for each in sorted({*counts, today.year, year})]
    table = HOLIDAYS.read(request.GET, queries.holidays_in(year), path=request.path)
    context = {"holidays": table, "years": years, "year": year, "form": form, "today": today}
    return page(request, "accounts/settings/holidays.html", context, part="holidays")


@member_view(Permission.ORGANIZATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_holidays_paste(request: MemberRequest) -> HttpResponse:
    """Many days off at once: all of them, or none when a line is wrong."""
    form = HolidayListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _added(request, form.cleaned_data["days"])
    return page(request, "accounts/settings/holidays_paste.html", {"form": form})


@member_view(Permission.ORGANIZATION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def organization_holidays_public(request: MemberRequest) -> HttpResponse:
    """Public holidays of a country: shown by GET, and those that stay ticked added by POST."""
    asked = request.POST if request.method == "POST" else request.GET
    today = _today(request)
    form = PublicHolidaysForm(
        asked if "country" in asked else None, today=today, initial={"year": today.year}
    )
    found: list[tuple[date, str]] = []
    if form.is_bound and form.is_valid():
        found = public_holidays(**form.cleaned_data, language=request.organization.language)
    if request.method == "POST" and found:
        ticked = {_ticked(text) for text in request.POST.getlist("days")}
        return _added(request, {day: name for day, name in found if day in ticked})
    there = queries.holidays_on([day for day, _name in found])
    days = [{"day": day, "name": name, "there": there.get(day)} for day, name in found]
    context: dict[str, Any] = {"form": form, "days": days, "new": len(days) - len(there)}
    return page(request, "accounts/settings/holidays_public.html", context)


@member_view(Permission.ORGANIZATION_EDIT)
@require_POST
def organization_holiday_remove(request: MemberRequest, holiday_id: UUID) -> HttpResponse:
    """Let a day be one like any other."""
    holiday = get_object_or_404(queries.holiday_with(holiday_id))
    operations.remove_holiday(holiday=holiday, actor=request.member, now=timezone.now())
    messages.success(request, _("%(name)s is removed.") % {"name": holiday.name})
    return _to_year(request, holiday.date.year)


def _ticked(text: str) -> date | None:
    """The date that a box stands for; None for what nobody can have ticked."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def _added(request: MemberRequest, days: dict[date, str]) -> HttpResponse:
    if not days:
        messages.info(request, _("No day was ticked, so nothing was added."))
        return _to_year(request, _today(request).year)
    count = operations.add_holidays(days=days, actor=request.member, now=timezone.now())
    words = ngettext("%(count)s holiday is added.", "%(count)s holidays are added.", count)
    if there := len(days) - count:
        words += " " + ngettext(
            "%(there)s was there already and stays as it is.",
            "%(there)s were there already and stay as they are.",
            there,
        )
    messages.success(request, words % {"count": count, "there": there})
    return _to_year(request, min(days).year)


def _today(request: MemberRequest) -> date:
    return day_at(timezone.now(), zone_named(request.organization.time_zone))


def _year(text: str, otherwise: int) -> int:
    is_year = text.isascii() and text.isdigit() and len(text) == 4 and int(text) > 0
    return int(text) if is_year else otherwise


def _to_year(request: MemberRequest, year: int) -> HttpResponse:
    return redirect(
        reverse("organization_holidays", args=[request.organization.slug]) + f"?year={year}"
    )
