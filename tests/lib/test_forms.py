"""Forms explain themselves to everybody, also to those who cannot see them."""

import re
from typing import Any

import pytest
from django import forms
from django.utils import translation


class PledgeForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As on your badge.")
    nickname = forms.CharField(label="Nickname", required=False)
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    rhythm = forms.ChoiceField(
        label="How often",
        choices=(("monthly", "Monthly"), ("often", "Twice a month")),
        widget=forms.RadioSelect,
        help_text="You can change it later.",
    )
    agree = forms.BooleanField(label="I agree", help_text="Once is enough.")
    token = forms.CharField(widget=forms.HiddenInput, initial="t")


def html(data: dict[str, str] | None = None, **kwargs: Any) -> str:
    return re.sub(r"\s+", " ", str(PledgeForm(data, **kwargs)))


def tag(text: str, kind: str, /, **attributes: str) -> str:
    """The first tag of that kind with all those attributes."""
    tags: list[str] = re.findall(rf"<{kind}\b[^>]*>", text)
    for found in tags:
        if all(f'{key.replace("_", "-")}="{value}"' in found for key, value in attributes.items()):
            return found
    return ""


def test_a_fresh_form_shows_no_errors() -> None:
    assert "error-summary" not in html()
    assert "aria-invalid" not in html()


def test_help_and_error_are_told_with_the_field() -> None:
    text = html({"name": ""})
    field = tag(text, "input", name="name")
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'id="id_name_helptext"' in text
    assert 'id="id_name_error"' in text
    group = tag(text, "fieldset", aria_describedby="id_rhythm_helptext id_rhythm_error")
    assert group


def test_the_summary_leads_to_every_wrong_field() -> None:
    text = html({"nickname": "Bo"})
    targets = re.findall(r'<a href="#(\w+)">', text)
    assert targets == ["id_name", "id_password", "id_rhythm", "id_agree"]
    assert all(f'id="{target}"' in text for target in targets)
    assert 'role="alert"' in text


def test_what_belongs_to_no_field_is_in_the_summary_once() -> None:
    form = PledgeForm({})
    form.add_error(None, "You already meet at that time.")
    assert str(form).count("You already meet at that time.") == 1


def test_hidden_fields_are_sent_and_their_errors_are_shown() -> None:
    assert tag(html(), "input", type="hidden", name="token", value="t")
    assert "Token: This field is required." in html({"name": "x"})


def test_only_what_may_be_left_out_is_marked() -> None:
    assert re.findall(r"(\w+) <span class=\"field-optional\">\(optional\)", html()) == ["Nickname"]


def test_every_label_names_its_field() -> None:
    text = html()
    for name in ("name", "nickname", "password", "agree"):
        assert tag(text, "label", **{"for": f"id_{name}"})
    assert "<legend>How often</legend>" in text


def test_a_password_is_never_written_back() -> None:
    assert "secret" not in html({"password": "secret"})


def test_input_is_escaped() -> None:
    assert "<script>" not in html({"name": "<script>alert(1)</script>"})


@pytest.mark.parametrize("data", [None, {"name": ""}])
def test_two_forms_on_one_page_may_carry_prefixes(data: dict[str, str] | None) -> None:
    ids = re.findall(r' id="([^"]+)"', html(data, prefix="a") + html(data, prefix="b"))
    assert len(ids) == len(set(ids))


def test_the_summary_speaks_the_readers_language() -> None:
    with translation.override("de"):
        assert "Bitte sehen Sie sich das noch einmal an" in html({})
