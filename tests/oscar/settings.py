"""Django's settings: no more than django-oscar needs to run; the rest is as it comes.

`OSCAR_FOLDER`: the folder for the database, pictures and letters. `OSCAR_GUESTS`: `yes` lets customers order
without an account.
"""

import os
from pathlib import Path

from oscar import INSTALLED_APPS as _OSCAR_APPS
from oscar.defaults import *  # noqa: F403 - the way in which the shop's manual asks for its defaults

_FOLDER = Path(os.environ["OSCAR_FOLDER"])

SECRET_KEY = "of a shop that lives for a minute"  # noqa: S105 - it guards nothing
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.oscar.urls"
SITE_ID = 1
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = [*_OSCAR_APPS, "sorl.thumbnail"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.apps.communication.notifications.context_processors.notifications",
                "oscar.core.context_processors.metadata",
            ],
        },
    }
]
AUTHENTICATION_BACKENDS = (
    "oscar.apps.customer.auth_backends.EmailBackend",
    "django.contrib.auth.backends.ModelBackend",
)
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": _FOLDER / "shop.sqlite"}}
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
        "PATH": str(_FOLDER / "index"),
    }
}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = _FOLDER / "letters"
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
MEDIA_ROOT = _FOLDER / "media"
OSCAR_ALLOW_ANON_CHECKOUT = os.environ.get("OSCAR_GUESTS") == "yes"
OSCAR_INITIAL_ORDER_STATUS = "Pending"
OSCAR_INITIAL_LINE_STATUS = "Pending"
