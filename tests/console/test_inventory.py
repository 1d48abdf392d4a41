"""The inventory is read from the running code, and is complete."""

import json

import pytest
from django.apps import apps
from django.core.management import call_command

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
