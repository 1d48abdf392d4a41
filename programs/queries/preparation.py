"""What people read, watch or attend before they are matched."""

from django.db.models import QuerySet

from programs.models import PreparationItem, Program


def items_of(program: Program) -> QuerySet[PreparationItem]:
    """The program's items in their order, archived ones last, with the program."""
    items = PreparationItem.objects.filter(program=program).select_related("program")
    return items.order_by("archived_at", "position", "pk")
