"""manage.py load_terms — publish every version of every document that is not published yet."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import TermsVersion
from contracts.services.publish_terms import publish_terms
from terms.errors import TermsError
from terms.registry import registry
from workflow.errors import Refused
from workflow.selectors import clock_user


class Command(BaseCommand):
    help = "Publish every version of every terms pack. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        before = TermsVersion.objects.count()
        known = set(TermsVersion.objects.values_list("terms_code", flat=True))
        today = timezone.localdate()
        try:
            packs = [pack for code in registry().all_codes() for pack in registry().versions(code)]
            for pack in packs:
                # Of a document that is new here, the versions of old were announced before this system was there.
                old = pack.code not in known and pack.effective <= today
                publish_terms(pack=pack, by=clock_user(), at=timezone.now(), in_force_before=old)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except (TermsError, Refused) as error:
            raise CommandError(str(error)) from error
        published = TermsVersion.objects.count() - before
        self.stdout.write(
            _("%(published)s versions published, %(known)s were published already.")
            % {"published": published, "known": len(packs) - published}
        )
