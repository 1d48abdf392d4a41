"""What this release consists of, read from the running code for reviewers and checks."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from celery import current_app
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from mentoring.lib.privacy import Keeps
from mentoring.reports.exporting.describing import exports
from mentoring.tenancy.backend.schema import is_tenant
from mentoring.tenancy.reviewed import GLOBAL_TABLES, POLICIES, ROOT_TABLE

type Facts = dict[str, Any]

CACHE_PREFIXES = {
    "allauth": "counters of sign-in attempts, in PostgreSQL",
    "mail-draft": "words for a mail that a member is typing, for that member alone",
    "matching-outlook": "how a pair stands in a plan: ranks, scores and keys of other people",
    "matching-run": "how far a worker has come with a run of the matching: percent and stage",
    "people-import": "how far a worker has come with an import, in percent",
    "report-export": "how far a worker has come with an export, in percent",
}


def inventory() -> Facts:
    """Routes, tasks, models, exports, cache prefixes and global tables; JSON-ready."""
    return {
        "routes": list(_routes(get_resolver(), "/")),
        "tasks": _tasks(),
        "models": [_model(model) for model in apps.get_models()],
        "exports": exports(),
        "cache_prefixes": CACHE_PREFIXES,
        "global_tables": GLOBAL_TABLES,
        "extra_policies": {f"{table}.{name}": why for (table, name), why in POLICIES.items()},
    }


def _routes(resolver: URLResolver, prefix: str) -> Iterator[Facts]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, path)
        elif isinstance(entry, URLPattern):
            yield _route(entry, path, resolver)


def _route(entry: URLPattern, path: str, resolver: URLResolver) -> Facts:
    converters = {**resolver.pattern.converters, **entry.pattern.converters}
    names = [name for name in converters if name.endswith("_id")]
    return {
        "path": path,
        "name": entry.name,
        "methods": methods_of(entry.callback),
        "permission": permission_of(entry.callback),
        "inside_organization": path.startswith("/o/<slug:organization>/"),
        "id_parameters": names,
    }


def permission_of(view: Callable[..., Any]) -> str | None:
    """The permission that ``member_view`` asks for; None outside organizations."""
    permission = getattr(view, "permission", None)
    return str(permission) if permission else None


def methods_of(view: Callable[..., Any]) -> list[str]:
    """The HTTP methods a view accepts; empty when it does not limit them."""
    if view_class := getattr(view, "view_class", None):
        return [name.upper() for name in view_class.http_method_names if hasattr(view_class, name)]
    inner: Callable[..., Any] | None = view
    while inner is not None:
        found = inspect.getclosurevars(inner).nonlocals if inspect.isfunction(inner) else {}
        if "request_method_list" in found:
            return list(found["request_method_list"])
        inner = getattr(inner, "__wrapped__", None)
    return []


def _tasks() -> list[Facts]:
    current_app.loader.import_default_modules()
    names = (name for name in sorted(current_app.tasks) if not name.startswith("celery."))
    return [
        {
            "name": name,
            "takes_organization": "organization_id"
            in inspect.signature(current_app.tasks[name].run).parameters,
        }
        for name in names
    ]


def _model(model: type[models.Model]) -> Facts:
    keeps: Keeps | None = getattr(model, "keeps", None)
    table = model._meta.db_table
    root = table == ROOT_TABLE
    return {
        "model": model._meta.label,
        "table": table,
        "tenant_column": "organization_id" if is_tenant(model) else ("id" if root else None),
        "data_class": str(keeps.data) if keeps else "technical",
        "retention": keeps.until if keeps else GLOBAL_TABLES.get(table),
    }
