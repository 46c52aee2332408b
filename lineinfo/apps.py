from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LineInfoConfig(AppConfig):
    name = "lineinfo"
    label = "lineinfo"
    verbose_name = _("line information")
