"""The words of mails with variables: strict, and safe whatever the values are."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from mentoring.outbox.mail import compose
from mentoring.outbox.mailbox import text_of
from mentoring.outbox.templatetags.letters import OWN
from mentoring.outbox.wording import (
    MissingVariable,
    OwnText,
    StrayBrace,
    UnknownVariable,
    check,
    fill,
    variable,
)

NOW = datetime(2026, 11, 28, 14, tzinfo=UTC)
KNOWN = {
    each.name: each
    for each in (
        variable("name", "Reader"),
        variable("partner", "Partner"),
        variable("day", "Day", "at", form="DATE_FORMAT"),
    )
}
VALUES = {"name": "Zoë O'Hara", "partner": "Bo {name}", "at": NOW}


def filled(words, subject="S", button="", **more):
    return fill(KNOWN, OwnText(subject, words, button), {**VALUES, **more})


def test_variables_get_their_values_and_paragraphs_their_lines():
    found = filled("Hello {name},\n\n\n  \nyou meet {partner}\non {day}.", "{partner}: {day}", "Go")

    assert found.subject == "Bo {name}: 28 Nov 2026"
    assert found.paragraphs == ("Hello Zoë O'Hara,", "you meet Bo {name}\non 28 Nov 2026.")
    assert found.button == "Go"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("{{ and }}", "{ and }"),
        ("{{{name}}}", "{Zoë O'Hara}"),
        ("{{% now %}}", "{% now %}"),
        ("{{x}}", "{x}"),
        ("100 % {name}", "100 % Zoë O'Hara"),
    ],
)
def test_a_brace_is_written_twice(text, written):
    assert filled(text).paragraphs == (written,)


@pytest.mark.parametrize("text", ["{", "}", "{}", "a { b", "name}", "{na\nme}", "{{}"])
def test_a_brace_alone_is_refused(text):
    with pytest.raises(StrayBrace):
        check(KNOWN, OwnText("S", text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{Name}", "Name"),
        ("{ name }", " name "),
        ("{name.__class__}", "name.__class__"),
        ("{name!r}", "name!r"),
        ("{name:>9999}", "name:>9999"),
        ("{0}", "0"),
        ("{% load x %}", "% load x %"),
        ("{{name}}", "name"),
        ("{{ name }}", "name"),
        ("{reason}", "reason"),
    ],
)
@pytest.mark.parametrize("field", ["subject", "words", "button"])
def test_only_the_variables_of_the_kind_are_variables(text, name, field):
    own = OwnText(**{"subject": "S", "words": "W", field: text})

    with pytest.raises(UnknownVariable) as refused:
        check(KNOWN, own)

    assert refused.value.name == name


def test_a_required_variable_has_to_be_among_the_words():
    known = {"day": variable("day", "Day", "at", form="DATE_FORMAT", is_required=True)}

    check(known, OwnText("S", "On {day}"))
    with pytest.raises(MissingVariable):
        check(known, OwnText("{day}", "Some day"))


def test_no_value_makes_a_line_a_paragraph_or_a_header():
    found = filled("{name}", "{name}", name="Eve\r\n\r\nBcc: x@example.org\u202e\x00")

    assert found.paragraphs == ("Eve Bcc: x@example.org",)
    assert found.subject == "Eve Bcc: x@example.org"


def test_own_words_and_values_are_text_in_the_html():
    own = filled("<b>{name}</b>\nsecond line\n\n{{{{ 7 }}}}", "<i>&", "<u>", name="<script>")
    context = {"name": "x", "program": "P", "partner": "B", "url": "https://here.example/"}
    mail = compose(
        template="mail/pair_message",
        to="ada@example.org",
        context={**context, "organization": "O", "mentor_one": "mentor", OWN: own},
        language="en",
    )

    arrived = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    html = text_of(arrived, "html")
    assert arrived["Subject"] == "<i>&"
    for tag in ("<b>", "<i>", "<script>"):
        assert tag not in html
    assert "&lt;b&gt;&lt;script&gt;&lt;/b&gt;<br>second line</p>" in html
    assert "{{ 7 }}</p>" in html
    assert "&lt;u&gt;</a>" in html
    assert "<b><script></b>\nsecond line\n\n{{ 7 }}" in text_of(arrived, "plain")
