"""The inventory is read from the running code, and is complete."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from accounts.importing.ends import FILE_LIFETIME, LIFETIME, PATIENCE
from accounts.permissions import Permission
from mentoring.console.inventory import inventory
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.reviewed import GLOBAL_TABLES, ROOT_TABLE

OURS = ("accounts", "programs", "outbox", "tenancy")


def test_it_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("inventory", "--json")
    printed = json.loads(capsys.readouterr().out)
    assert sorted(printed) == [
        "cache_prefixes",
        "exports",
        "extra_policies",
        "global_tables",
        "models",
        "routes",
        "tasks",
    ]


def test_without_json_it_lists_the_routes_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("inventory")
    assert "/o/<slug:organization>/" in capsys.readouterr().out


def test_every_organization_route_names_a_permission_that_exists() -> None:
    inside = [route for route in inventory()["routes"] if route["inside_organization"]]
    assert inside
    assert {route["permission"] for route in inside} <= set(Permission)


def test_every_route_of_ours_says_which_methods_it_takes() -> None:
    silent = [
        route["path"]
        for route in inventory()["routes"]
        if not route["methods"] and not route["path"].startswith(("/accounts/", "/i18n/"))
    ]
    assert silent == []


def test_id_parameters_are_named() -> None:
    routes = {route["name"]: route for route in inventory()["routes"] if route["name"]}
    assert routes["organization"]["id_parameters"] == []
    assert routes["person"]["id_parameters"] == ["member_id"]


def test_every_model_of_ours_says_what_it_keeps_and_how_long() -> None:
    missing = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in OURS and not isinstance(getattr(model, "keeps", None), Keeps)
    ]
    assert missing == []


def test_every_model_is_a_tenant_model_or_on_the_list_of_global_tables() -> None:
    for entry in inventory()["models"]:
        is_listed = entry["table"] in GLOBAL_TABLES
        assert bool(entry["tenant_column"]) != is_listed, entry["model"]
        assert entry["data_class"] in set(DataClass)
        assert entry["retention"], entry["model"]


def test_the_table_of_organizations_is_its_own_tenant() -> None:
    models = {entry["table"]: entry for entry in inventory()["models"]}
    assert models[ROOT_TABLE]["tenant_column"] == "id"
    assert models["accounts_member"]["tenant_column"] == "organization_id"


def test_tasks_say_whether_they_work_inside_an_organization() -> None:
    tasks = {task["name"]: task["takes_organization"] for task in inventory()["tasks"]}
    assert tasks["outbox.deliver"] is True
    assert tasks["outbox.sweep"] is False


def test_what_is_kept_of_lists_of_people_and_who_purges_it() -> None:
    facts = inventory()
    kept = {entry["model"]: entry["retention"] for entry in facts["models"]}
    untouched = "a list that nobody goes on with is discarded after 30 days"
    assert kept["accounts.ImportFile"] == (
        f"the list is applied or discarded, 7 days after it failed; {untouched}"
    )
    assert kept["accounts.ImportLine"] == f"7 days after the import ended; {untouched}"
    assert kept["accounts.PeopleImport"] == f"90 days after it ended; {untouched}"
    assert (
        timedelta(days=7),
        timedelta(days=30),
        timedelta(days=90),
    ) == (FILE_LIFETIME, PATIENCE, LIFETIME)
    beat = settings.CELERY_BEAT_SCHEDULE["accounts.sweep_imports"]
    assert (beat["task"], beat["schedule"]) == ("accounts.sweep_imports", 60.0)
    tasks = {task["name"] for task in facts["tasks"]}
    assert {"accounts.sweep_imports", "accounts.look_at_import"} <= tasks


def test_private_answers_say_when_they_go() -> None:
    kept = {entry["model"]: entry["retention"] for entry in inventory()["models"]}
    ends = "the enrollment is withdrawn or the person leaves the organization"
    private = ("profiles.Aims", "profiles.SelfRating", "profiles.CriteriaStatement")
    assert {kept[model] for model in private} == {ends}
