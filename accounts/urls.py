"""Pages of people, outside any organization."""

from django.urls import include, path

from accounts.views import acceptance, home, organizations

urlpatterns = [
    path("", home.landing, name="landing"),
    path("home/", home.home, name="home"),
    path("organizations/", home.organizations, name="organizations"),
    path("organizations/new/", organizations.organization_new, name="organization_new"),
    path("invitations/<uuid:organization>/<str:token>/", acceptance.invitation, name="invitation"),
    path("", include("accounts.account_urls")),
    path("accounts/", include("accounts.identity_urls")),
]
