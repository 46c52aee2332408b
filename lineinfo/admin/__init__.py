"""The staff pages of the line information API."""

from contracts.models import Subscriber
from lineinfo.admin.api_breach import ApiBreachAdmin
from lineinfo.admin.api_call import ApiCallAdmin
from lineinfo.admin.api_contract import ApiContractAdmin
from lineinfo.admin.api_contract_buttons import apply_button
from lineinfo.admin.api_damage_claim import ApiDamageClaimAdmin
from lineinfo.admin.api_suspension import ApiSuspensionAdmin
from lineinfo.admin.api_user import ApiUserAdmin
from lineinfo.admin.credential import CredentialAdmin
from lineinfo.admin.credential_incident import CredentialIncidentAdmin
from lineinfo.admin.ended_part import EndedPartAdmin
from lineinfo.admin.line_batch import BadRowAdmin, LineBatchAdmin
from lineinfo.admin.line_status import LineStatusAdmin
from lineinfo.admin.subcontractor import SubcontractorAdmin
from lineinfo.admin.subscriber_panel import api_contracts_panel
from lineinfo.admin.system_credential import SystemCredentialAdmin
from lineinfo.admin.target_service import TargetServiceAdmin
from lineinfo.models import ApiBreach, ApiDamageClaim, ApiSuspension
from workflow.staff.further import add_buttons, add_panels
from workflow.staff.subjects import load_with

add_panels(Subscriber, api_contracts_panel)
add_buttons(Subscriber, apply_button)
load_with(
    *(
        model._default_manager.select_related("api_contract")
        for model in (ApiBreach, ApiDamageClaim, ApiSuspension)
    )
)

__all__ = [
    "ApiBreachAdmin",
    "ApiCallAdmin",
    "ApiContractAdmin",
    "ApiDamageClaimAdmin",
    "ApiSuspensionAdmin",
    "ApiUserAdmin",
    "BadRowAdmin",
    "CredentialAdmin",
    "CredentialIncidentAdmin",
    "EndedPartAdmin",
    "LineBatchAdmin",
    "LineStatusAdmin",
    "SubcontractorAdmin",
    "SystemCredentialAdmin",
    "TargetServiceAdmin",
]
