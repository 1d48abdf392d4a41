"""Components escape what they show and say it in words, not by color alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Engine, RequestContext
from django.test import RequestFactory
from django.utils import timezone, translation
from django_cotton.compiler_regex import CottonCompiler

from mentoring.lib.templatetags.ui import hue, initials, moment, percent, relative


def render(source: str, **context: Any) -> str:
    """What a template shows that contains the component, with the line breaks folded."""
    template = Engine.get_default().from_string(CottonCompiler().process(source))
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return " ".join(template.render(RequestContext(request, context)).split())


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Okafor", "AO"),
        ("Bartholomäus von und zu Hohenfels", "BH"),
        ("Bo", "B"),
        ("željka živković", "ŽŽ"),
        ("amara@example.org", "AE"),
        ("O'Hara", "O"),
        ("(Ω)", ""),
        ("", ""),
    ],
)
def test_initials_are_of_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_person_keeps_the_same_hue() -> None:
    assert hue("Amara Okafor") == hue(" amara okafor ")
    assert len({hue(f"Person {number}") for number in range(100)}) == 12


@pytest.mark.parametrize(
    ("value", "maximum", "share"), [(0, 0, 0), (3, 5, 60), (7, 5, 100), (-1, 5, 0), (1, 3, 33)]
)
def test_a_share_stays_between_nothing_and_all(value: float, maximum: float, share: int) -> None:
    assert percent(value, maximum) == share


def test_a_moment_is_shown_in_the_readers_zone_which_it_names() -> None:
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    with timezone.override(ZoneInfo("Asia/Kolkata")), translation.override("en"):
        shown = moment(noon)
    assert shown == (
        '<time datetime="2026-07-01T17:30:00+05:30" '
        'title="1 Jul 2026, 17:30 (Asia/Kolkata)">1 Jul 2026, 17:30</time>'
    )


def test_a_day_has_no_zone() -> None:
    with timezone.override(ZoneInfo("Pacific/Auckland")), translation.override("de"):
        assert moment(date(2026, 3, 1)) == '<time datetime="2026-03-01">1. März 2026</time>'


def test_no_moment_shows_nothing() -> None:
    assert moment(None) == ""


def test_the_distance_is_told_in_the_largest_unit(time_machine: Any) -> None:
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    time_machine.move_to(now, tick=False)
    with translation.override("en"):
        assert relative(now - timedelta(seconds=20)) == "just now"
        assert relative(now - timedelta(hours=3, minutes=59)).replace("\xa0", " ") == "3 hours ago"
        assert relative(now + timedelta(days=2)).replace("\xa0", " ") == "in 2 days"


NASTY = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    "source",
    [
        '<c-person name="{{ x }}" detail="{{ x }}" href="{{ x }}" />',
        '<c-person :name="x" :detail="x" />',
        '<c-avatar name="{{ x }}" />',
        '<c-badge tone="{{ x }}">{{ x }}</c-badge>',
        '<c-card title="{{ x }}" lead="{{ x }}">{{ x }}</c-card>',
        '<c-empty title="{{ x }}">{{ x }}</c-empty>',
        '<c-button label="{{ x }}" icon="{{ x }}" />',
        '<c-button href="{{ x }}" title="{{ x }}">{{ x }}</c-button>',
        '<c-confirm id="a" action="{{ x }}" label="{{ x }}" title="{{ x }}" />',
        '<c-menu-post action="{{ x }}" hidden-name="n" hidden-value="{{ x }}" />',
        '<c-copy value="{{ x }}" />',
        '<c-fact label="{{ x }}">{{ x }}</c-fact>',
        '<c-page-header title="{{ x }}" lead="{{ x }}" />',
        '<c-toast tone="{{ x }}">{{ x }}</c-toast>',
        '<c-event title="{{ x }}">{{ x }}</c-event>',
        '<c-step title="{{ x }}" href="{{ x }}" />',
        '<c-stat label="{{ x }}" value="{{ x }}" />',
        '<c-menu label="{{ x }}"><c-menu-item href="{{ x }}">{{ x }}</c-menu-item></c-menu>',
        '<c-visibility who="{{ x }}" />',
        '<c-notice title="{{ x }}">{{ x }}</c-notice>',
        '<c-progress :value="1" label="{{ x }}" hint="{{ x }}" />',
        '<c-subnav label="{{ x }}" />',
        '<c-subnav-item href="{{ x }}">{{ x }}</c-subnav-item>',
    ],
)
def test_what_people_typed_is_never_markup(source: str) -> None:
    assert "<script>" not in render(source, x=NASTY)


def test_a_component_sees_its_attributes_and_not_the_pages_variables() -> None:
    assert "leaked" not in render("<c-card>text</c-card>", title="leaked", actions="leaked")


def test_a_button_passes_on_what_it_does_not_know() -> None:
    shown = render(
        '<c-button type="button" command="show-modal" commandfor="x" disabled>Open</c-button>'
    )
    assert 'type="button" command="show-modal" commandfor="x" disabled' in shown


def test_an_icon_alone_has_a_name_and_one_beside_text_has_none() -> None:
    assert 'aria-hidden="true"' in render('<c-icon name="x" />')
    assert 'role="img" aria-label="Close"' in render('<c-icon name="x" label="Close" />')


def test_an_error_is_announced_at_once_and_stays() -> None:
    assert 'role="alert"' in render('<c-toast tone="error">No</c-toast>')
    assert "data-fades" not in render('<c-toast tone="error">No</c-toast>')
    assert 'role="status" data-fades' in render('<c-toast tone="success">Yes</c-toast>')


def test_a_confirmation_is_a_form_in_a_dialog_that_opens_without_scripts() -> None:
    shown = render('<c-confirm id="a" action="/revoke/" label="Revoke" title="Sure?" />')
    before, dialog = shown.split("<dialog")
    assert 'type="button" command="show-modal" commandfor="a"' in before
    assert 'id="a"' in dialog
    assert "<form" not in before
    form = shown[shown.index("<form") : shown.index("</form>")]
    assert 'method="post" action="/revoke/"' in form
    assert "csrfmiddlewaretoken" in form
    assert 'type="submit"' in form


def test_a_done_step_is_said_in_words() -> None:
    assert "(done)" in render('<c-step title="A" state="done" />')
    assert 'aria-current="step"' in render('<c-step title="A" state="current" />')
