"""Every kind of mail: which words an organization may replace, and what stays all the same."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.utils.translation import override

from accounts.terms import words_of
from mentoring.notices.editable import languages, spots_of
from mentoring.outbox.mail import compose
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.preview import links_in
from mentoring.outbox.registry import mail_kind, mail_kinds
from mentoring.outbox.starting import our_words
from mentoring.outbox.templatetags.letters import OWN
from mentoring.outbox.wording import Filled, OwnText, check, fill

NOW = datetime(2026, 11, 28, 14, 13, tzinfo=UTC)
# Kinds whose words are ours alone, and why. A new kind either has a wording or a line here.
OURS_ALONE = {
    "accounts.invitation": "a key into an organization: its words warn and explain",
    "notices.mail_trial": "has the words that are tried",
    "pairings.concern": "a word too much would harm somebody",
    "programs.announcement": "its words are written anew each time",
    "programs.announcement_test": "its words are written anew each time",
    "reports.export_ready": "says what was asked for and why, and why it could not be made",
    "reports.monthly_export_ready": "says what was asked for and why, and why it could not be made",
}
ABOUT = {"name", "organization", "program", "cohort", "mentor", "mentee"}
PAIR = ABOUT | {"partner"}
RUNNING = ABOUT | {"mentor_name", "mentee_name"}
MEETING = PAIR | {"when", "day", "hour"}
# What own words may say. A variable is added on purpose: nothing confidential, and no reason.
VARIABLES = {
    "checkins.prompt": PAIR,
    "checkins.repeat": PAIR,
    "feedback.survey": PAIR,
    "feedback.survey_again": PAIR,
    "meetings.ahead": MEETING,
    "meetings.cancellation": MEETING,
    "feedback.arrived": PAIR,
    "feedback.prompt": PAIR,
    "feedback.prompt_again": PAIR,
    "feedback.prompt_last": PAIR,
    "feedback.thanked": PAIR,
    "meetings.commitment_proposed": PAIR,
    "meetings.did_it_happen": MEETING,
    "meetings.invitation": MEETING,
    "meetings.put_off_again": RUNNING | {"who"},
    "meetings.week": {"name", "organization", "count"},
    "notices.digest": {"name", "organization", "count"},
    "pairings.agreement_due": PAIR,
    "pairings.agreement_in_force": PAIR,
    "pairings.agreement_proposed": PAIR,
    "pairings.agreement_waiting": PAIR,
    "pairings.began": PAIR,
    "pairings.break_over": PAIR,
    "pairings.closing_alone": PAIR,
    "pairings.closing_began": PAIR,
    "pairings.closing_waits": PAIR,
    "pairings.closing_went_on": PAIR,
    "pairings.conflict_found": PAIR,
    "pairings.conflict_found_in_cohort": RUNNING,
    "pairings.drift_act": RUNNING | {"last_met"},
    "pairings.drift_prompt": PAIR | {"last_met"},
    "pairings.ended": PAIR,
    "pairings.ended_for_both": PAIR,
    "pairings.introduction_due": PAIR | {"minutes"},
    "pairings.message": PAIR,
    "pairings.partner_away": PAIR | {"until"},
    "pairings.partner_left": PAIR,
    "pairings.partner_stepped_out": PAIR,
    "pairings.paused": PAIR | {"until"},
    "pairings.end_passed": PAIR | {"end"},
    "pairings.ended_well": PAIR,
    "pairings.ends_soon": PAIR | {"end"},
    "pairings.help_asked": RUNNING | {"who"},
    "pairings.proposal": PAIR | {"answer_by"},
    "pairings.rematch_asked": RUNNING | {"who"},
    "pairings.reminder": PAIR | {"answer_by"},
    "pairings.request": PAIR | {"answer_by"},
    "programs.circle": ABOUT | {"title", "when", "day", "hour"},
    "programs.cohort_invitation": ABOUT | {"invited_by"},
    "programs.cohort_reminder": ABOUT | {"invited_by"},
    "programs.decision": ABOUT,
    "programs.enrollment_closing": ABOUT | {"closes"},
    "programs.enrollment_draft": ABOUT,
}
# Pairs that are over, or not yet, and mails that are about more than one thing.
WITHOUT_BANNER = {
    "meetings.week",
    "notices.digest",
    "pairings.ended",
    "pairings.ended_for_both",
    "pairings.ended_well",
    "pairings.partner_left",
    "pairings.partner_stepped_out",
}
PLACES = [
    pytest.param(spot, language, id=f"{kind.name}-{spot.case.name}-{language}")
    for kind in mail_kinds()
    for spot in spots_of(kind)
    for language in languages()
]
FILLED = Filled("Their subject", ("Their first words.", "Their second words."), "Their button")


def example_of(spot, language):
    with override(language):
        words = words_of({"mentor": {"one": "guide", "many": "guides"}})
    who = {"name": "Reader", "organization": "Acme"}
    return {**spot.wording.example(NOW), **spot.case.example, **words, **who}


def written(spot, language, own=None):
    """Subject, text and HTML as they arrive."""
    mail = compose(
        template=spot.kind.template,
        to="reader@example.org",
        context={**example_of(spot, language), OWN: own, "unsubscribe_url": "https://x.example/"},
        language=language,
    )
    arrived = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    return arrived["Subject"], text_of(arrived, "plain"), text_of(arrived, "html")


def test_every_kind_has_words_to_replace_or_a_reason_against_it():
    without = {each.name for each in mail_kinds() if each.wording is None}
    assert without == set(OURS_ALONE)


def test_the_variables_of_every_kind_are_known():
    found = {
        kind.name: {name for spot in spots_of(kind) for name in spot.known}
        for kind in mail_kinds()
        if kind.wording
    }
    assert found == VARIABLES


@pytest.mark.parametrize(("spot", "language"), PLACES)
def test_the_cases_of_a_kind_are_told_apart_by_what_a_letter_says(spot, language):
    assert spot.wording.case_for(example_of(spot, language)) == spot.case


@pytest.mark.parametrize(("spot", "language"), PLACES)
def test_our_own_words_can_be_where_somebody_begins(spot, language):
    """With variables for everything that differs from mail to mail, and the same mail out of it."""
    example = example_of(spot, language)
    own = our_words(spot.kind, spot.known, example, language)

    check(spot.known, own)
    assert own.subject
    assert own.words
    assert bool(own.button) == spot.wording.has_button
    everything = f"{own.subject} {own.words} {own.button}"
    assert "Robin" not in everything
    assert re.findall(r"\d", everything) == []
    with override(language):
        again = fill(spot.known, own, example)
    _subject, text, _html = written(spot, language)
    assert "\n\n".join(again.paragraphs) in text


@pytest.mark.parametrize(("spot", "language"), PLACES)
def test_own_words_take_the_place_of_ours_in_every_part(spot, language):
    subject, text, html = written(spot, language, FILLED)

    assert subject == "Their subject"
    for part in (text, html):
        assert "Their first words." in part
        assert "Their second words." in part
        assert ("Their button" in part) == spot.wording.has_button
    assert text.count("Their first words.") == 1


@pytest.mark.parametrize(("spot", "language"), PLACES)
def test_who_the_mentor_is_dates_and_links_stay_whatever_they_write(spot, language):
    _subject, text, html = written(spot, language)
    _subject, own_text, own_html = written(spot, language, FILLED)

    assert links_in(own_html) == links_in(html)
    addresses = re.compile(r"https?://\S+")
    assert addresses.findall(own_text) == addresses.findall(text)
    facts = re.compile(r'<table class="facts".*?</table>', re.DOTALL)
    assert facts.findall(own_html) == facts.findall(html)
    assert 'class="footer"' in own_html
    banner = "guide" in re.sub(r"<style.*?</style>", "", own_html, flags=re.DOTALL)
    is_of_pair = spot.kind.name.startswith(("checkins.", "feedback.", "meetings.", "pairings."))
    assert banner == (is_of_pair and spot.kind.name not in WITHOUT_BANNER)
    assert ("guide" in own_text) == banner
    # Those who run a program read of two people; the two read of themselves.
    is_to_either = "partner" in VARIABLES[spot.kind.name]
    assert ('class="role"' in own_html) == (banner and is_to_either)


def test_a_kind_may_have_words_for_what_only_one_case_can_name():
    met, not_met = spots_of(mail_kind("pairings.drift_prompt"))
    assert "last_met" in met.known
    assert not met.takes(OwnText("{last}", "x"))
    assert met.takes(OwnText("{last_met}", "x"))
    assert not not_met.takes(OwnText("{last_met}", "x"))


def test_the_languages_are_those_of_the_product():
    assert languages() == [code for code, _name in settings.LANGUAGES]
