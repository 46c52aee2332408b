"""What was done to a contract without moving its state, in words: for the history on every screen."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EVENTS: Mapping[str, str | Promise] = {
    "accelerate_debts": _("All debts fell due at once"),
    "add_option": _("Option added"),
    "agree_individually": _("An individual agreement was made"),
    "agree_to_terms": _("Agreed to the new version of the terms"),
    "announce_halt": _("A stop of the connection was announced"),
    "announce_option_end": _("The end of an option was announced"),
    "announce_option_halt": _("A stop of the connection for an option was announced"),
    "cancelled_by_partner": _("The partner cancelled its course"),
    "change_other": _("Contract changed"),
    "change_product": _("Item or plan changed"),
    "change_subscriber": _("Passed to another subscriber"),
    "conclude_partner_contract": _("Contract with the interconnected operator concluded"),
    "consent_to_representative": _("Consented to the representative of the group"),
    "demand_performance": _("Performance was demanded"),
    "drop_option": _("Option given up"),
    "end_individual_agreement": _("An individual agreement ended"),
    "end_partner_contract": _("Contract with the interconnected operator ended"),
    "estimate_usage": _("Use that was not measured was estimated"),
    "halt_option": _("Option halted because the connection stopped"),
    "interconnection_add": _("Connected with another circuit"),
    "interconnection_change": _("Connection with another circuit changed"),
    "interconnection_drop": _("Connection with another circuit given up"),
    "issue_approval_number": _("Approval number for the change of provider issued"),
    "join_group": _("Taken into a group of lines"),
    "keep_option": _("Option goes on: its end was not told in time"),
    "leave_group": _("Taken out of its group of lines"),
    "penalty": _("Surcharge for evaded charges"),
    "relocate_line": _("Line moved to another place"),
    "reroute_line": _("Line led over another route"),
    "switch_provider": _("Taken over by another provider"),
    "withdraw_acceleration": _("Debts are due on their own days again"),
}
