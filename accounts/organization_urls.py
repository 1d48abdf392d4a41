"""Everything of accounts inside an organization."""

from django.urls import include, path, register_converter

from accounts.converters import Digest, HexColor
from accounts.views import (
    audit,
    calendar,
    invitations,
    member_search,
    message,
    message_log,
    organizations,
    people,
    settings,
)

register_converter(Digest, "digest")
register_converter(HexColor, "color")

urlpatterns = [
    path("", organizations.organization, name="organization"),
    path("membership/", people.membership, name="membership"),
    path("", include("accounts.chart_urls")),
    path("people/", people.people, name="people"),
    path("people/imports/", include("accounts.import_urls")),
    path("people/search/", member_search.member_search, name="member_search"),
    path("people/<uuid:member_id>/", people.person, name="person"),
    path("people/<uuid:member_id>/roles/", people.person_roles, name="person_roles"),
    path("people/<uuid:member_id>/deactivate/", people.person_deactivate, name="person_deactivate"),
    path("people/<uuid:member_id>/reactivate/", people.person_reactivate, name="person_reactivate"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.invitation_new, name="invitation_new"),
    path(
        "invitations/<uuid:invitation_id>/resend/",
        invitations.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "invitations/<uuid:invitation_id>/revoke/",
        invitations.invitation_revoke,
        name="invitation_revoke",
    ),
    path("settings/", settings.organization_settings, name="organization_settings"),
    path("settings/appearance/", settings.organization_appearance, name="organization_appearance"),
    path("settings/appearance/accent/", settings.organization_accent, name="organization_accent"),
    path("settings/words/", settings.organization_terms, name="organization_terms"),
    path("settings/reminders/", calendar.organization_sending, name="organization_sending"),
    path("settings/holidays/", calendar.organization_holidays, name="organization_holidays"),
    path(
        "settings/holidays/paste/",
        calendar.organization_holidays_paste,
        name="organization_holidays_paste",
    ),
    path(
        "settings/holidays/public/",
        calendar.organization_holidays_public,
        name="organization_holidays_public",
    ),
    path(
        "settings/holidays/<uuid:holiday_id>/remove/",
        calendar.organization_holiday_remove,
        name="organization_holiday_remove",
    ),
    path("brand-<color:color>.css", settings.organization_brand, name="organization_brand"),
    path("logo-<digest:digest>.png", settings.organization_logo, name="organization_logo"),
    path("audit/", audit.audit_log, name="audit_log"),
    path("messages/", message_log.message_log, name="message_log"),
    path("messages/resend/", message_log.messages_resend, name="messages_resend"),
    path("messages/<uuid:message_id>/", message.message, name="message"),
    path("messages/<uuid:message_id>/html/", message.message_html, name="message_html"),
    path("messages/<uuid:message_id>/resend/", message_log.message_resend, name="message_resend"),
]
