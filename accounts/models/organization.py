"""Tenants."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import UUID7
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mentoring.lib.ids import uuid7
from mentoring.lib.privacy import DataClass, Keeps
from mentoring.tenancy.expressions import current_organization
from mentoring.tenancy.models import TenantModel

SLUG = RegexValidator(
    r"\A[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("Use small letters, digits and single hyphens between them."),
)
COLOR = RegexValidator(r"\A#[0-9a-f]{6}\Z", _("Use a color such as #b4552d."))


class OrganizationManager(models.Manager["Organization"]):
    """Sees the organization in scope, and raises when there is none."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(pk=current_organization())


class Organization(models.Model):
    """A tenant: one employer. Nothing of one organization is ever visible to another."""

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    id = models.UUIDField(primary_key=True, default=uuid7, db_default=UUID7(), editable=False)
    slug = models.CharField(_("Address"), max_length=40, unique=True, validators=[SLUG])
    name = models.CharField(_("Name"), max_length=120)
    language = models.CharField(_("Language"), max_length=10, default="en")
    time_zone = models.CharField(_("Time zone"), max_length=63, default="UTC")
    accent = models.CharField(_("Accent color"), max_length=7, blank=True, validators=[COLOR])
    logo_digest = models.CharField(max_length=64, blank=True, editable=False)
    terms = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = OrganizationManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self) -> str:
        return self.name

    @property
    def brand_css_url(self) -> str:
        """Where the accent color's stylesheet is; empty without an accent of its own.

        The color is part of the address, so that the answer may be kept for good.
        """
        color = self.accent.removeprefix("#")
        return reverse("organization_brand", args=[self.slug, color]) if color else ""

    @property
    def logo_url(self) -> str:
        """Where members get the logo; empty when there is none. Changes with the picture."""
        digest = self.logo_digest
        return reverse("organization_logo", args=[self.slug, digest]) if digest else ""


class Logo(TenantModel):
    """An organization's logo: a PNG that we drew ourselves from what was uploaded.

    Kept apart, because nearly every request reads the organization and few its picture.
    ``Organization.logo_digest`` says whether there is one.
    """

    keeps = Keeps(DataClass.BUSINESS, until="the organization is deleted")

    png = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization"], name="accounts_logo_once")]

    def __str__(self) -> str:
        return self.digest[:12]
