"""What the gallery shows inside the components."""

from datetime import datetime, timedelta

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet, TextField, UUIDField
from django.db.models.functions import MD5, Cast

from mentoring.lib.selections import Selection
from mentoring.lib.tables import Column, Search, Select, Table

ACTIONS = (("add_", "Add"), ("change_", "Change"), ("delete_", "Delete"), ("view_", "View"))

PERMISSIONS = Table(
    key="permissions",
    columns=(
        Column("select", "Selection", hidden_label=True),
        Column("name", "Name", order=("name",)),
        Column("area", "Area", order=("content_type__app_label",)),
        Column("codename", "Code"),
        Column("number", "Number", order=("pk",), descending_first=True, align="end"),
        Column("actions", "Actions", hidden_label=True),
    ),
    filters=(
        Search("q", "Search", fields=("name", "codename"), placeholder="Name or code"),
        Select(
            "action",
            "Action",
            choices=ACTIONS,
            apply=lambda rows, value: rows.filter(codename__startswith=value),
        ),
    ),
    default_sort="name",
    page_size=10,
)
NOTHING = Table(key="nothing", columns=(Column("name", "Name", order=("name",)),))

PEOPLE = (
    ("Amara Okafor", "Junior analyst · Treasury"),
    ("Jean-Luc d'Arcy-O'Neill", "Head of operations · Rotterdam"),
    ("Željka Živković", "Apprentice · Customer service"),
    ("Bartholomäus Schwarzenberger-Oberhuber von und zu Hohenfels", "Member of the board"),
    ("李小龙", "Design"),
    ("Bo", ""),
)
TONES = ("neutral", "accent", "success", "warning", "danger", "info")
COLORS = (
    *("paper", "surface", "raised", "sunken", "hover", "line", "line-strong"),
    *("ink", "ink-soft", "ink-faint", "accent", "accent-ink", "accent-wash"),
    *("success-wash", "warning-wash", "danger-wash", "info-wash", "danger"),
)
SECTIONS = (
    ("foundations", "Foundations", "palette"),
    ("actions", "Actions", "send"),
    ("forms", "Forms", "pencil"),
    ("content", "Content", "file-text"),
    ("people", "People and progress", "users"),
    ("overlays", "Overlays", "copy"),
    ("tables", "Tables", "list-checks"),
    ("charts", "Charts", "chart-line"),
    ("navigation", "Navigation and states", "compass"),
)


def permissions() -> QuerySet[Permission]:
    """The rows of the sample list, each with a ``key`` like those of the product's own rows."""
    key = Cast(MD5(Cast("pk", TextField())), UUIDField())
    return Permission.objects.select_related("content_type").annotate(key=key)


def picked(selection: Selection) -> list[Permission]:
    """The rows of the sample list that somebody picked, by name."""
    if selection.takes_all:
        rows = selection.pick(PERMISSIONS, permissions())
    else:
        rows = permissions().filter(Q(("key__in", selection.ids)))
    return list(rows.order_by("name", "pk"))


def moments(now: datetime) -> dict[str, datetime]:
    """Points in time around now, from the near past to the near future."""
    return {
        "minutes_ago": now - timedelta(minutes=12),
        "yesterday": now - timedelta(days=1, hours=3),
        "last_month": now - timedelta(days=31),
        "tomorrow": now + timedelta(days=1, hours=2),
    }
