"""manage.py verify_certificates — whether the chain of certificates of erasure is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contracts.models import PurgeCertificate
from contracts.retention.certificates import broken_certificates


class Command(BaseCommand):
    help = "Compute the chain of certificates of erasure anew. Exit code 1 where one was altered, left out or put in."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(broken_certificates())
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(
            _("%(count)s certificates, each following the one before it.")
            % {"count": PurgeCertificate.objects.count()}
        )
