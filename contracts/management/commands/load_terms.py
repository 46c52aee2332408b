"""manage.py load_terms — publish every version of every document that is not published yet."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import TermsVersion
from contracts.services.correct_file import correct_file
from contracts.services.publish_terms import publish_terms
from terms.errors import TermsError
from terms.registry import registry
from workflow.errors import NotPermitted, Refused
from workflow.models import User
from workflow.selectors import clock_user, user_named


class Command(BaseCommand):
    help = "Publish every version of every terms pack. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--correct",
            metavar="REASON",
            default="",
            help="take over changed files of published versions: they carry out the same text better",
        )
        parser.add_argument(
            "--by",
            metavar="NAME",
            default="",
            help="user name of the member of staff who corrects (the clock's account by default)",
        )
        parser.add_argument(
            "--leave-changes",
            action="store_true",
            help="leave new versions of documents that are known here to the staff who publish them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        before = set(TermsVersion.objects.values_list("terms_code", "effective"))
        known = {code for code, _effective in before}
        today = timezone.localdate()
        try:
            packs = [pack for code in registry().all_codes() for pack in registry().versions(code)]
            by = user_named(options["by"])
            if options["leave_changes"]:
                packs = [
                    pack
                    for pack in packs
                    if pack.law or pack.code not in known or (pack.code, pack.effective) in before
                ]
            for pack in packs:
                if options["correct"] and (pack.code, pack.effective) in before:
                    correct_file(pack=pack, reason=options["correct"], by=by, at=timezone.now())
                # Of a document that is new here, the versions of old were announced before this system was there.
                old = pack.code not in known and pack.effective <= today
                publish_terms(pack=pack, by=clock_user(), at=timezone.now(), in_force_before=old)
        except User.DoesNotExist as error:
            raise CommandError(_("There is no active user “%(name)s”.") % {"name": options["by"]}) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except (TermsError, Refused, NotPermitted) as error:
            raise CommandError(str(error)) from error
        published = TermsVersion.objects.count() - len(before)
        self.stdout.write(
            _("%(published)s versions published, %(known)s were published already.")
            % {"published": published, "known": len(packs) - published}
        )
