"""One's own account."""

from django.urls import path

from accounts.views import account

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/security/", account.security, name="account_security"),
    path("account/sessions/", account.sessions, name="account_sessions"),
    path(
        "account/sessions/end-others/",
        account.end_other_sessions,
        name="account_sessions_end_others",
    ),
    path("account/sessions/<int:session_id>/end/", account.end_session, name="account_session_end"),
    # Django's own address for it, found first.
    path("i18n/setlang/", account.switch_language, name="set_language"),
]
