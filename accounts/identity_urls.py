"""Signing in and up, and what protects an account: allauth's pages that we use, one by one."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from accounts.views import identity

security = RedirectView.as_view(pattern_name="account_security")

passkey_patterns = [
    path("", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("add/", identity.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("<int:pk>/rename/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("login/", identity.SignInByPasskey.as_view(), name="mfa_login_webauthn"),
    path("confirm/", identity.ConfirmPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
]

second_step_patterns = [
    path("", security, name="mfa_index"),
    path("authenticate/", identity.SecondFactor.as_view(), name="mfa_authenticate"),
    path("confirm/", identity.ConfirmFactor.as_view(), name="mfa_reauthenticate"),
    path("app/activate/", never_cache(identity.ActivateApp.as_view()), name="mfa_activate_totp"),
    path("app/deactivate/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", never_cache(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]

urlpatterns = [
    path("login/", identity.SignIn.as_view(), name="account_login"),
    path("login/code/", identity.RequestCode.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", identity.ConfirmCode.as_view(), name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("signup/", account.signup, name="account_signup"),
    path(
        "confirm-email/", identity.ConfirmAddress.as_view(), name="account_email_verification_sent"
    ),
    path("email/", account.email, name="account_email"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path(
        "password/reset/confirm/",
        identity.ConfirmReset.as_view(),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/complete/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path("reauthenticate/", identity.ConfirmPassword.as_view(), name="account_reauthenticate"),
    path("2fa/", include(second_step_patterns)),
    path("passkeys/", include(passkey_patterns)),
]
