"""Which room answers which address."""

from importlib.util import find_spec

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from config.healthz import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("language/", set_language, name="set_language"),
    path("mail/", include("config.mail_pages")),
    path("staff/", admin.site.urls),
]
for prefix, room in (("postings/", "notices"), ("api/", "lineinfo.api"), ("", "portal")):
    if find_spec(room) and find_spec(f"{room}.urls"):
        urlpatterns.append(path(prefix, include(f"{room}.urls")))
