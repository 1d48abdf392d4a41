"""Texts are found in Python and templates, and a translation that is not whole is refused."""

import gettext
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from mentoring.lib.catalogues import Catalogues

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
GREETING = _("Hello %(name)s")
COUNT = ngettext("%(n)s day", "%(n)s days", 2)
MAY = pgettext("month", "May")
"""
TEMPLATE = """
  {% load i18n %}
    <c-button label="{% translate 'Don’t go' %}" />
  {% blocktranslate trimmed count n=days %}
      One day
  {% plural %}
      {{ n }} days
  {% endblocktranslate %}
  <p title="{% firstof x _("Else") %}">{{ _("Said") }}</p>
  {% blocktranslate context "verb" %}May{% endblocktranslate %}
"""
GERMAN: dict[Any, Any] = {
    "Hello %(name)s": "Hallo %(name)s",
    "%(n)s day": ("%(n)s Tag", "%(n)s Tage"),
    ("May", "month"): "Mai",
    ("May", "verb"): "Darf",
    "Don’t go": "Gehen Sie nicht",
    "One day": ("Ein Tag", "%(n)s Tage"),
    "Else": "Sonst",
    "Said": "Gesagt",
}


@pytest.fixture
def catalogues(tmp_path: Path) -> Catalogues:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "views.py").write_text(PYTHON)
    (tmp_path / "app" / "page.html").write_text(TEMPLATE)
    return Catalogues(
        root=tmp_path, sources=("app",), folder=tmp_path / "locale", languages=("de",)
    )


@pytest.fixture
def translated(catalogues: Catalogues) -> Catalogues:
    catalogues.update()
    change(catalogues)
    return catalogues


def change(catalogues: Catalogues, *, fuzzy: tuple[str, ...] = (), **texts: Any) -> None:
    """Write the German translations, some of them differently."""
    catalog = catalogues.read("de")
    for message in catalog:
        if not message.id:
            continue
        first = str(message.id[0] if isinstance(message.id, tuple) else message.id)
        given = GERMAN[(first, message.context) if message.context else first]
        message.string = texts.get(first.split(maxsplit=1)[0], given)
        if first in fuzzy:
            message.flags.add("fuzzy")
    catalogues.write("de", catalog)


def test_every_way_of_marking_a_text_is_found(catalogues: Catalogues) -> None:
    found = {
        (message.id[0] if isinstance(message.id, tuple) else message.id, message.context)
        for message in catalogues.extracted()
        if message.id
    }
    expected = {key if isinstance(key, tuple) else (key, None) for key in GERMAN}
    assert found == expected


def test_a_whole_translation_has_no_problems(translated: Catalogues) -> None:
    assert list(translated.problems()) == []


def test_updating_twice_changes_nothing(translated: Catalogues) -> None:
    path = translated.folder / "de" / "LC_MESSAGES" / "django.po"
    before = path.read_text()
    translated.update()
    assert path.read_text() == before


def test_a_new_text_is_missing_until_it_is_translated(translated: Catalogues) -> None:
    (translated.root / "app" / "more.py").write_text('_("Brand new")')
    assert list(translated.problems()) == ["de: not translated: 'Brand new'"]
    translated.update()
    assert list(translated.problems()) == ["de: not translated: 'Brand new'"]


def test_a_text_that_is_gone_is_named_and_dropped_by_update(translated: Catalogues) -> None:
    (translated.root / "app" / "views.py").write_text('_("Hello %(name)s")')
    assert list(translated.problems()) == [
        "de: no longer used: '%(n)s day'",
        "de: no longer used: 'May'",
    ]
    translated.update()
    assert list(translated.problems()) == []


def test_a_fuzzy_translation_is_refused(translated: Catalogues) -> None:
    change(translated, fuzzy=("Else",))
    assert list(translated.problems()) == ["de: marked as fuzzy: 'Else'"]


@pytest.mark.parametrize("wrong", ["Hallo", "Hallo %(nam)s", "Hallo %(name)s %s"])
def test_a_placeholder_that_differs_is_refused(translated: Catalogues, wrong: Any) -> None:
    change(translated, Hello=wrong)
    assert list(translated.problems()) == ["de: placeholders differ: 'Hello %(name)s'"]


def test_a_plural_that_lacks_its_number_is_refused(translated: Catalogues) -> None:
    change(translated, One=("Ein Tag", "Tage"))
    assert list(translated.problems()) == ["de: placeholders differ: 'One day'"]


def test_a_compiled_catalogue_is_what_python_reads(translated: Catalogues) -> None:
    translated.compile()
    path = translated.folder / "de" / "LC_MESSAGES" / "django.mo"
    with path.open("rb") as file:
        texts = gettext.GNUTranslations(file)
    assert texts.gettext("Said") == "Gesagt"
    assert texts.ngettext("One day", "%(n)s days", 3) == "%(n)s Tage"
    assert texts.pgettext("verb", "May") == "Darf"


def test_everything_this_product_says_is_translated(capsys: pytest.CaptureFixture[str]) -> None:
    assert settings.LANGUAGES[1][0] == "de"
    call_command("messages", "check")
    assert capsys.readouterr().out == "All texts are translated.\n"
