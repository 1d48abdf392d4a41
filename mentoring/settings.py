"""All settings, read from the environment. `.env.example` names and explains every variable."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from environs import Env

from mentoring.lib.logs import logging_config
from mentoring.lib.mailers import mailer_from_url

env = Env()
ROOT = Path(__file__).resolve().parent.parent

# --- What kind of process this is -------------------------------------------------------

DEVELOPMENT = env.bool("DEVELOPMENT", False)
DEBUG = DEVELOPMENT
SECRET_KEY = env.str("SECRET_KEY", "development-only" * 4 if DEVELOPMENT else "")
PRODUCT_NAME = env.str("PRODUCT_NAME", "Upward")
BASE_URL = env.str("BASE_URL", f"http://localhost:{env.str('PORT', '8000')}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [urlsplit(BASE_URL).hostname or "", "127.0.0.1"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_structlog",
    "mentoring.lib",
    "mentoring.tenancy",
    "mentoring.outbox",
    "accounts",
    "mentoring.notices",
    "programs",
    "mentoring.profiles",
    "mentoring.pairings",
    "mentoring.matching",
    "mentoring.meetings",
    "mentoring.checkins",
    "mentoring.feedback",
    "mentoring.reports",
    "mentoring.local",
    "mentoring.console",
    "mentoring.gallery",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mentoring.lib.request_log.RequestLogMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.origin.OriginMiddleware",
    "accounts.activity.ActivityMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mentoring.lib.htmx.HtmxRedirects",
    "accounts.middleware.ScopeMiddleware",
    "accounts.middleware.ReaderMiddleware",
]

ROOT_URLCONF = "mentoring.urls"
WSGI_APPLICATION = "mentoring.wsgi.application"

# --- Pages ------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "mentoring.lib.templatetags.ui",
                "mentoring.outbox.templatetags.letters",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mentoring.lib.context.product",
                "accounts.context.frame",
                "mentoring.notices.context.bell",
            ],
        },
    }
]
COTTON_ISOLATE_BY_DEFAULT = True
FORM_RENDERER = "mentoring.lib.renderer.FormRenderer"
CSRF_FAILURE_VIEW = "mentoring.lib.errors.csrf_failure"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "mentoring.lib.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", ROOT / ".local" / "static")
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEVELOPMENT
        else "mentoring.lib.storage.StaticStorage"
    },
}
WHITENOISE_USE_FINDERS = DEVELOPMENT
WHITENOISE_AUTOREFRESH = DEVELOPMENT

# --- PostgreSQL: three roles, one database ----------------------------------------------

POOL = {"min_size": 1, "max_size": env.int("DATABASE_POOL", 8), "timeout": 5}


def database(variable: str, *, pool: bool = False, **more: Any) -> dict[str, Any]:
    """A connection from a ``postgresql://`` address, for our backend."""
    url = urlsplit(env.str(variable, ""))
    query = dict(part.split("=", 1) for part in url.query.split("&") if part)
    return {
        "ENGINE": "mentoring.tenancy.backend",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(query.pop("host", "") or url.hostname or ""),
        "PORT": str(url.port or query.pop("port", "")),
        "OPTIONS": {**query, **({"pool": POOL} if pool else {})},
        # The pool hands out no connection that PostgreSQL has closed meanwhile.
        "CONN_HEALTH_CHECKS": pool,
        **more,
    }


DATABASES = {
    "default": database("DATABASE_URL", ATOMIC_REQUESTS=True, pool=True),
    "owner": database("OWNER_DATABASE_URL", MAY_OWN_TABLES=True),
    "system": database("SYSTEM_DATABASE_URL"),
    "cache": database("DATABASE_URL", ENGINE="django.db.backends.postgresql"),
}
DATABASE_ROUTERS = ["mentoring.lib.caches.CacheRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Accounts ---------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
# The address is unique whatever its capitals, which the check does not recognize.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_REDIRECT_URL = "organization_new"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
# Codes, never links: a secret in an address would end up in logs and histories.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Per network address generously: a whole office may sit behind one. Per account strictly.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "signup": "60/m/ip",
    "request_login_code": "60/m/ip,3/m/key,10/h/key",
    "reset_password": "60/m/ip,3/m/key,10/h/key",
    "confirm_email": "3/m/key,10/h/key",
}
ACCOUNT_FORMS = {
    "login": "accounts.forms.identity.SignInForm",
    "signup": "accounts.forms.identity.SignUpForm",
    "request_login_code": "accounts.forms.identity.RequestCodeForm",
    "confirm_login_code": "accounts.forms.identity.SignInCodeForm",
    "confirm_email_verification_code": "accounts.forms.identity.AddressCodeForm",
    "reset_password": "accounts.forms.identity.ResetPasswordForm",
    "confirm_password_reset_code": "accounts.forms.identity.ResetCodeForm",
    "reset_password_from_key": "accounts.forms.identity.NewPasswordForm",
    "change_password": "accounts.forms.identity.ChangePasswordForm",
    "set_password": "accounts.forms.identity.SetPasswordForm",
    "add_email": "accounts.forms.identity.AddAddressForm",
    "reauthenticate": "accounts.forms.identity.ConfirmPasswordForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = PRODUCT_NAME
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.forms.factors.SecondFactorForm",
    "reauthenticate": "accounts.forms.factors.ConfirmFactorForm",
    "activate_totp": "accounts.forms.factors.ActivateAppForm",
    "add_webauthn": "accounts.forms.factors.AddPasskeyForm",
    "edit_webauthn": "accounts.forms.factors.RenamePasskeyForm",
}

# --- Mail -------------------------------------------------------------------------------

MAIL_URL = env.str("MAIL_URL", (ROOT / ".local" / "mail").as_uri() if DEVELOPMENT else "")
MAILERS = {"default": mailer_from_url(MAIL_URL)}
# Few providers take the calendar part of a mail; its attachment goes through all of them.
ANYMAIL = {"IGNORE_UNSUPPORTED_FEATURES": True}
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", f"{PRODUCT_NAME} <mentoring@localhost>")

# How often a message is tried before it waits for a person to look at it.
OUTBOX_ATTEMPTS = env.int("OUTBOX_ATTEMPTS", 8)

# Who knows it may read the figures at /metrics; without one there are none.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")

# --- Celery: Redis carries "look", PostgreSQL knows what is due ---------------------------

CELERY_BROKER_URL = env.str("REDIS_URL", "")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "visibility_timeout": 600,
}
# A child that has matched a large cohort gives its memory back by making room for a new one.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_000_000
CELERY_BEAT_SCHEDULE = {
    "outbox.sweep": {"task": "outbox.sweep", "schedule": 60.0, "options": {"expires": 55}},
    "outbox.sweep_when_idle": {
        "task": "outbox.sweep_when_idle",
        "schedule": 10.0,
        "options": {"expires": 9},
    },
    "outbox.sweep_schedules": {
        "task": "outbox.sweep_schedules",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "accounts.sweep_imports": {
        "task": "accounts.sweep_imports",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "matching.sweep_runs": {
        "task": "matching.sweep_runs",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "reports.sweep_snapshots": {
        "task": "reports.sweep_snapshots",
        "schedule": 900.0,
        "options": {"expires": 890},
    },
    "reports.sweep_exports": {
        "task": "reports.sweep_exports",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
}

# --- Security ---------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # probes speak plain HTTP
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Two forms of fifty questions with eight answers each, translated on one page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_500

# --- Logs -------------------------------------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
LOG_FORMAT = env.str("LOG_FORMAT", "console" if DEVELOPMENT else "json")
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = logging_config(level=LOG_LEVEL, style=LOG_FORMAT)
