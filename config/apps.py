from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfigConfig(AppConfig):
    name = "config"
    label = "config"
    verbose_name = _("set-up")

    def ready(self) -> None:
        """Bring together what each room keeps, for how long, and whom it needs: lineinfo and billing do not know each other."""
        import billing.retention
        import contracts.retention.own
        import lineinfo.retention
        from contracts.retention.registry import need, register

        register(
            *lineinfo.retention.CATEGORIES, *contracts.retention.own.CATEGORIES, *billing.retention.CATEGORIES
        )
        need(lineinfo.retention.contractors, billing.retention.debtors)
