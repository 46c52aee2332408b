"""Which room answers which address."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from billing.api.collector_events import collector_events
from config.healthz import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    # Browsers ask for it on every page that names no icon of its own.
    path("favicon.ico", RedirectView.as_view(url=static("config/icon.svg"))),
    path("accounts/", include("allauth.urls")),
    path("language/", set_language, name="set_language"),
    path("mail/", include("config.mail_pages")),
    path("collector/events/", collector_events, name="collector_events"),
    path("staff/", admin.site.urls),
    path("postings/", include("notices.urls")),
    path("api/", include("lineinfo.api.urls")),
    path("", include("portal.urls")),
]
