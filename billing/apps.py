from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BillingConfig(AppConfig):
    name = "billing"
    label = "billing"
    verbose_name = _("billing")

    def ready(self) -> None:
        """Tell the rooms below what only billing knows."""
        from billing.selectors import tariffs_with
        from contracts import tariff_codes

        tariff_codes.ask(tariffs_with)
