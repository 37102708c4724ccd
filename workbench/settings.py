"""Django's settings. Everything that differs between machines comes from the environment through `env`."""

from pathlib import Path

from csp.constants import NONE, SELF

from workbench import env

BASE_DIR = Path(__file__).resolve().parent.parent
HOME = Path(env.text("WORKBENCH_HOME", str(BASE_DIR / ".home")))

KNOWN_KEY = "not-secret-only-for-commands-without-a-home"
SECRET_KEY = env.text("SECRET_KEY", KNOWN_KEY)
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
PUBLIC_URL = env.text("PUBLIC_URL").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")

INSTALLED_APPS = [
    "workbench",
    "annotations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "axes",
    "csp",
    "pgtrigger",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "annotations.web.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "workbench.urls"
ASGI_APPLICATION = "workbench.asgi.application"
APPEND_SLASH = True
CSRF_FAILURE_VIEW = "annotations.web.handlers.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL", "postgresql:///workbench"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "annotations.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "annotations/accounts/locked.html"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
# Stored objects live in one content-addressed folder, or in a bucket; drafts of them always in the folder.
STORAGE_ROOT, STORAGE_BUCKET = env.store("STORAGE_URL", HOME / "files")

PULSE = env.text("WORKBENCH_PULSE")
# What is fetched from elsewhere, and how; see docs/configuration.md.
FETCH = env.flag("FETCH", True)
FETCH_USER_AGENT = env.text("FETCH_USER_AGENT", "FactcheckWorkbench/1 (keeps what claims are checked against)")
FETCH_PORTS = [int(port) for port in env.words("FETCH_PORTS", "80,443,8080,8443")]
FETCH_ALLOW_NETWORKS = env.words("FETCH_ALLOW_NETWORKS")
FETCH_SECONDS = env.number("FETCH_SECONDS", 60)
FETCH_BYTES = env.number("FETCH_BYTES", 20_000_000)
FETCH_REDIRECTS = env.number("FETCH_REDIRECTS", 5)
FETCH_ROBOTS = env.flag("FETCH_ROBOTS", True)
RECHECK_DAYS = env.number("RECHECK_DAYS", 7)
# Others who vouch for what was kept.
TIMESTAMP_URL = env.text("TIMESTAMP_URL")
TIMESTAMP_CA = env.text("TIMESTAMP_CA")
ARCHIVE_URL = env.text("ARCHIVE_URL").rstrip("/")
ARCHIVE_KEY = env.text("ARCHIVE_KEY")
FETCH_PAUSE = env.number("FETCH_PAUSE_MS", 1000) / 1000

DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "annotations.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["annotations.web.rendering.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["annotations.web.rendering.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "annotations.web.pagination.CursorPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "annotations.web.problems.exception_handler",
    "LIST_SERIALIZER_ERRORS_AS_DICT": True,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Fact-check Workbench",
    "DESCRIPTION": "Claims, blind labels, agreement, decisions, sources, verdicts and releases.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "ClaimStatus": "annotations.claims.models.Status",
        "LabelValue": "annotations.claims.models.LabelValue",
        "Aspect": "annotations.verification.models.Aspect",
        "VerdictStatus": "annotations.verification.models.Verdict.State",
        "ArticleStatus": "annotations.articles.models.Article.Status",
    },
}

CELERY_BROKER_URL = env.text("CELERY_BROKER_URL", "redis://127.0.0.1:6379/0")
# What waits for others' servers waits beside the rest of the work.
CELERY_TASK_ROUTES = {
    "annotations.snapshots.take": {"queue": "fetching"},
    "annotations.snapshots.attest": {"queue": "fetching"},
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 3, "socket_connect_timeout": 3, "max_retries": 1}
CELERY_BEAT_SCHEDULE = {
    # A sweep that had to wait behind a long job would find nothing that the next one does not.
    "pulse-worker": {"task": "annotations.jobs.pulse", "schedule": 10.0, "options": {"expires": 20}},
    "pulse-fetcher": {
        "task": "annotations.jobs.pulse",
        "schedule": 10.0,
        "options": {"expires": 20, "queue": "fetching"},
    },
    "sweep-jobs": {"task": "annotations.jobs.sweep", "schedule": 5.0, "options": {"expires": 5}},
    "look-at-sources-again": {
        "task": "annotations.verification.look_again",
        "schedule": 60.0,
        "options": {"expires": 50},
    },
    "expire-verdicts": {"task": "annotations.verification.expire", "schedule": 3600.0},
    "settle-snapshots": {"task": "annotations.snapshots.settle", "schedule": 5.0, "options": {"expires": 5}},
    "purge-presence": {"task": "annotations.live.purge_presence", "schedule": 600.0},
    "purge-idempotency-keys": {"task": "annotations.web.purge_idempotency_keys", "schedule": 3600.0},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # A refusal is an answer, not an incident.
    "loggers": {"django.request": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
