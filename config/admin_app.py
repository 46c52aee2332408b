"""Django's admin, with the staff site as its site. Apart from it: apps are listed before any model can be imported."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """The site stands in config.staff_site."""

    default_site = "config.staff_site.StaffSite"
