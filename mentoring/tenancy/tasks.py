"""Celery tasks that work for one organization, which they are told by name."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from celery import shared_task
from structlog.contextvars import bound_contextvars

from mentoring.tenancy.scope import OutsideOrganization, within


def organization_task(name: str, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A task that runs inside the scope of the organization in ``organization_id``.

    Without an ``organization_id`` the task raises OutsideOrganization; with one that is
    not a key, ValueError; with one of nobody, it finds nothing. The function takes
    ``**_`` as well, so that a worker of this release survives a message of the next.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        @wraps(function)
        def run(*, organization_id: str | UUID | None = None, **arguments: Any) -> Any:
            if organization_id is None:
                raise OutsideOrganization(f"The task {name} was sent without organization_id.")
            identity = UUID(str(organization_id))
            with bound_contextvars(organization_id=str(identity)), within(identity):
                return function(organization_id=identity, **arguments)

        task: Any = shared_task(name=name, **options)
        return task(run)

    return decorate
