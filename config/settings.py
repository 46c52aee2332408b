"""Django's settings. Whatever differs between machines is read from the environment (config.env).

Without DATABASE_URL and REDIS_URL the embedded servers of this folder are meant (config.embedded).
"""

from hashlib import sha256
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import addresses, env, made_up_terms
from config.embedded import paths
from config.rooms import ROOMS
from config.secret_key import secret_key
from config.unfold import UNFOLD as UNFOLD

BASE_DIR = Path(__file__).resolve().parent.parent
RUN_FOLDER = paths.run_folder()

# --- What this installation is -----------------------------------------------------------------

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY") or secret_key(RUN_FOLDER)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", default=[])
WEB_PORT = env.integer("WEB_PORT", default=8000, least=1, most=65535)
MAIL_PORT = env.integer("MAIL_PORT", default=8025, least=1, most=65535)
COLLECTOR_PORT = env.integer("COLLECTOR_PORT", default=8035, least=1, most=65535)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    # Before the admin, whose templates it replaces.
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "config.admin_app.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "psqlextra",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "django_fsm",
    "pgtrigger",
    "pghistory",
    "django_celery_beat",
    "config",
    "workflow",
    "notices",
    "contracts",
    "billing",
    "lineinfo",
    "portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.content_security.ContentSecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

# --- Database, cache, jobs ---------------------------------------------------------------------

DATABASES = {
    "default": {
        **addresses.database(env.text("DATABASE_URL", paths.database_url(RUN_FOLDER))),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
POSTGRES_EXTRA_DB_BACKEND_BASE = "django.db.backends.postgresql"
# Nothing here needs hstore, and the embedded PostgreSQL carries none.
POSTGRES_EXTRA_AUTO_EXTENSION_SET_UP = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", paths.redis_url(RUN_FOLDER))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        # Beside the jobs, in a database of its own: clearing the cache loses no job.
        "LOCATION": addresses.with_redis_database(REDIS_URL, addresses.redis_database(REDIS_URL) + 1),
    }
}

CELERY_BROKER_URL = addresses.broker(REDIS_URL)
CELERY_RESULT_BACKEND = CELERY_BROKER_URL
CELERY_RESULT_EXPIRES = 24 * 60 * 60  # seconds
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Whoever asks for a job does not wait for a broker that is down. Nothing is lost: what is to be done stands in the database.
CELERY_BROKER_TRANSPORT_OPTIONS = {"max_retries": 0, "socket_connect_timeout": 2}
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
# A job is done when it has been carried out, not when it has been fetched: every task is safe to run twice.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Tokyo"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"

# --- Languages and time ------------------------------------------------------------------------

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
# Named here so that our words go before those that the packages have for the same English text.
LOCALE_PATHS = [BASE_DIR / room / "locale" for room in ROOMS]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

# --- Who may come in ---------------------------------------------------------------------------

AUTH_USER_MODEL = "workflow.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# Staff make the accounts, so an address needs no proof before its owner may protect the account.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# --- Safety on the web -------------------------------------------------------------------------

# 1 where a proxy serves these pages by https: cookies then travel by https only.
HTTPS = env.flag("HTTPS", default=False)
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", default=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Who speaks in notices ---------------------------------------------------------------------

# A demonstration operator, plainly made up: a real one is named in the environment.
OPERATOR_NAME = env.text("OPERATOR_NAME", "デモ通信株式会社（架空の事業者）")
MFA_TOTP_ISSUER = OPERATOR_NAME  # as authenticator apps show it
OPERATOR_ADDRESS = env.text("OPERATOR_ADDRESS", "〒100-0000 東京都架空区見本町1-2-3 デモビル")
OPERATOR_PHONE = env.text("OPERATOR_PHONE", "0120-000-000")
OPERATOR_HOURS = env.text("OPERATOR_HOURS", "平日9時00分から17時00分まで")
OPERATOR_EMAIL = env.text("OPERATOR_EMAIL", "support@example.jp")
# Where bank deposits go, as invoices print it.
OPERATOR_BANK_ACCOUNT = env.text(
    "OPERATOR_BANK_ACCOUNT", "架空銀行 見本支店 普通 0000000 デモツウシン（カ（架空の口座）"
)
# Stands on every invoice (適格請求書); this one is made up, with a valid check digit.
OPERATOR_REGISTRATION_NUMBER = env.text("OPERATOR_REGISTRATION_NUMBER", "T7123456789012")

# --- Card and convenience-store payments -------------------------------------------------------

# The payment collector (docs/payment-collector.md); without one nothing of it is offered. `make run` sets up its own.
COLLECTOR_URL = env.text("COLLECTOR_URL")
COLLECTOR_KEY = env.text("COLLECTOR_KEY", "demonstration")
# With this secret the collector signs what it tells.
COLLECTOR_SECRET = env.text("COLLECTOR_SECRET") or sha256(f"collector {SECRET_KEY}".encode()).hexdigest()

# --- Mail, files, API --------------------------------------------------------------------------

_mail = addresses.mail(env.text("EMAIL_URL", f"smtp://127.0.0.1:{MAIL_PORT}"))
EMAIL_HOST = env.text("EMAIL_HOST", _mail["EMAIL_HOST"])
EMAIL_PORT = env.integer("EMAIL_PORT", default=_mail["EMAIL_PORT"], least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", _mail["EMAIL_HOST_USER"])
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", _mail["EMAIL_HOST_PASSWORD"])
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=_mail["EMAIL_USE_TLS"])
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", default=_mail["EMAIL_USE_SSL"])
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "no-reply@localhost")

STATIC_URL = "/static/"
STATIC_ROOT = RUN_FOLDER / "static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = RUN_FOLDER / "files"
made_up_terms.know(RUN_FOLDER)
# Into its folder "in" the network drops files of line records; "received" holds what is not loaded yet.
LINE_RECORDS_FOLDER = Path(env.text("LINE_RECORDS_FOLDER", str(RUN_FOLDER / "line-records")))
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Line information API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        "ContractState": "contracts.models.Contract.State",
        "LineState": "lineinfo.models.LineStatus.State",
        "WorkState": "contracts.models.Work.State",
        "WorkKind": "contracts.models.Work.Kind",
        "OutageCause": "contracts.models.Outage.Cause",
        "EventKind": "lineinfo.api.shapes.EVENT_KINDS",
        "Resolution": "lineinfo.api.shapes.RESOLUTIONS",
        "CredentialState": "lineinfo.api.shapes.WORKING",
    },
    # From this server, not from a content network.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO").upper()},
    # Each line of each mail's delivery.
    "loggers": {"mail.log": {"level": "WARNING"}},
}
