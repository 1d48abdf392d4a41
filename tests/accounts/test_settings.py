"""Settings of an organization: they show up, and nobody overwrites anybody unknowingly."""

from types import SimpleNamespace

import pytest
from django.template import Context, Template

from accounts.enums import Role
from accounts.models import AuditEvent, Organization
from accounts.operations import settings as operations
from accounts.terms import Form, Term, word_for
from tests.factories import create_member, create_organization, create_owner, inside, login, url

pytestmark = pytest.mark.django_db
WORDS = [f"{term}_{form}" for term in Term for form in Form]


def now(owner) -> Organization:
    with inside(owner.organization_id):
        return Organization.objects.get()


def version(owner, section: tuple[str, ...]) -> str:
    return operations.version_of(now(owner), section)


def general(owner, **changed: str) -> dict[str, str]:
    own = now(owner)
    return {
        "name": own.name,
        "language": own.language,
        "time_zone": own.time_zone,
        "version": version(owner, operations.GENERAL),
        **changed,
    }


def changes(owner) -> list[dict[str, object]]:
    with inside(owner.organization_id):
        return [event.details for event in AuditEvent.objects.order_by("at", "pk")]


def test_name_language_and_zone_are_saved_and_logged(client):
    owner = create_owner(create_organization("Nord"))
    login(client, owner)
    answers = general(owner, name="Nord & Süd", language="de", time_zone="Europe/Berlin")

    response = client.post(url(owner, "organization_settings"), answers)

    assert response.url == url(owner, "organization_settings")
    own = now(owner)
    assert (own.name, own.language, own.time_zone) == ("Nord & Süd", "de", "Europe/Berlin")
    assert changes(owner) == [
        {
            "name": ["Nord", "Nord & Süd"],
            "language": ["en", "de"],
            "time_zone": ["UTC", "Europe/Berlin"],
        }
    ]


def test_saving_without_a_change_is_no_event(client):
    owner = create_owner()
    login(client, owner)

    client.post(url(owner, "organization_settings"), general(owner))

    assert changes(owner) == []


def test_the_address_is_shown_and_cannot_be_changed(client):
    owner = create_owner(create_organization(slug="nordwind"))
    login(client, owner)

    page = client.get(url(owner, "organization_settings")).text
    client.post(url(owner, "organization_settings"), general(owner, slug="other"))

    assert "/o/nordwind/</code>" in page
    assert "The address stays as it is" in page
    assert now(owner).slug == "nordwind"


def test_the_second_of_two_who_save_at_once_is_asked(client):
    owner = create_owner(create_organization("Nord"))
    login(client, owner)
    first, second = general(owner, name="Ost"), general(owner, name="West")

    client.post(url(owner, "organization_settings"), first)
    response = client.post(url(owner, "organization_settings"), second)

    assert "Somebody else changed these settings while you were editing" in response.text
    assert 'value="West"' in response.text
    assert now(owner).name == "Ost"

    again = {**second, "version": version(owner, operations.GENERAL)}
    assert again["version"] in response.text
    client.post(url(owner, "organization_settings"), again)

    assert now(owner).name == "West"


def test_saving_other_settings_meanwhile_is_no_conflict(client):
    owner = create_owner()
    login(client, owner)
    typed = general(owner, name="Ost")
    looks = {"accent": "#b4552d", "version": version(owner, operations.APPEARANCE)}

    client.post(url(owner, "organization_appearance"), looks)
    client.post(url(owner, "organization_settings"), typed)

    assert (now(owner).name, now(owner).accent) == ("Ost", "#b4552d")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("#B4552D", "#b4552d"), ("b4552d", "#b4552d"), (" #f80 ", "#ff8800"), ("", "")],
)
def test_an_accent_is_read_as_people_write_it(client, typed: str, kept: str):
    owner = create_owner()
    login(client, owner)

    answers = {"accent": typed, "version": version(owner, operations.APPEARANCE)}
    client.post(url(owner, "organization_appearance"), answers)

    assert now(owner).accent == kept


@pytest.mark.parametrize("typed", ["red", "#12345", "#gggggg", "#123456; }", "url(x)"])
def test_what_is_no_color_is_refused(client, typed: str):
    owner = create_owner()
    login(client, owner)

    answers = {"accent": typed, "version": version(owner, operations.APPEARANCE)}
    response = client.post(url(owner, "organization_appearance"), answers)

    assert "Use a color such as #b4552d." in response.text
    assert now(owner).accent == ""


def test_every_page_wears_the_accent(client):
    owner = create_owner(create_organization(accent="#aa3366"))
    login(client, owner)
    sheet = url(owner, "organization_brand", "aa3366")

    assert f'<link rel="stylesheet" href="{sheet}">' in client.get(url(owner, "people")).text
    response = client.get(sheet)
    assert response["Content-Type"] == "text/css"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert "--accent-light: #aa3366;" in response.text


def test_the_preview_says_when_a_color_had_to_be_moved(client):
    owner = create_owner()
    login(client, owner)

    def preview(color: str) -> str:
        return client.get(url(owner, "organization_accent"), {"accent": color}).text

    assert "#ffdd00 is too light to read" in preview("#ffdd00")
    assert "too light" not in preview("#0c655a")
    assert 'fill="#0c655a"' in preview("#0c655a")
    assert "pages keep the color of the product" in preview("nonsense")
    assert "style=" not in preview("#ffdd00")


def terms(owner, **words: str) -> dict[str, str]:
    return {"version": version(owner, operations.TERMS), **dict.fromkeys(WORDS, ""), **words}


def test_own_words_are_used_and_an_empty_field_brings_back_ours(client):
    owner = create_owner()
    login(client, owner)
    own = terms(owner, program_one="initiative", program_many="initiatives")

    client.post(url(owner, "organization_terms"), own)

    page = client.get(url(owner, "programs")).text
    assert "<h1>Initiatives</h1>" in page
    assert "<span>Initiatives</span>" in page
    assert "No initiatives yet" in page

    client.post(url(owner, "organization_terms"), terms(owner))

    assert "<h1>Programs</h1>" in client.get(url(owner, "programs")).text
    assert now(owner).terms == {}


def test_one_form_without_the_other_is_refused(client):
    owner = create_owner()
    login(client, owner)

    response = client.post(url(owner, "organization_terms"), terms(owner, mentor_one="guide"))

    assert response.text.count("Please give both forms, or leave both empty.") == 2
    assert 'value="guide"' in response.text
    assert now(owner).terms == {}


def test_words_are_the_readers_language_unless_renamed():
    organization = create_organization(terms={"mentor": {"one": "guide", "many": "guides"}})
    request = SimpleNamespace(organization=organization)
    line = '{% load terms %}{% term "mentor" "many" capital=True %}, {% term "mentee" %}'

    assert Template(line).render(Context({"request": request})) == "Guides, mentee"
    assert word_for({}, Term.PROGRAM, Form.MANY) == "programs"


@pytest.mark.parametrize(
    "name", ["organization_settings", "organization_appearance", "organization_terms"]
)
def test_settings_are_for_owners(client, name: str):
    member = create_member(roles=[Role.PROGRAM_ADMIN, Role.HR_ANALYST])
    login(client, member)

    assert client.get(url(member, name)).status_code == 403
    assert client.post(url(member, name)).status_code == 403
