"""Who may ask about which lines, and what there is to tell."""

from lineinfo.models.api_breach import ApiBreach
from lineinfo.models.api_call import ApiCall
from lineinfo.models.api_contract import ApiContract
from lineinfo.models.api_damage_claim import ApiDamageClaim
from lineinfo.models.api_suspension import ApiSuspension
from lineinfo.models.api_user import ApiUser
from lineinfo.models.bad_row import BadRow
from lineinfo.models.credential import Credential
from lineinfo.models.credential_incident import CredentialIncident
from lineinfo.models.ended_part import EndedPart
from lineinfo.models.held_measurement import HeldMeasurement
from lineinfo.models.kept_answer import KeptAnswer
from lineinfo.models.kept_api_version import KeptApiVersion
from lineinfo.models.line_batch import LineBatch
from lineinfo.models.line_status import LineStatus
from lineinfo.models.measurement import Measurement
from lineinfo.models.measurement_day import MeasurementDay
from lineinfo.models.subcontractor import Subcontractor
from lineinfo.models.superseded_reading import SupersededReading
from lineinfo.models.system_credential import SystemCredential
from lineinfo.models.target_service import TargetService

__all__ = [
    "ApiBreach",
    "ApiCall",
    "ApiContract",
    "ApiDamageClaim",
    "ApiSuspension",
    "ApiUser",
    "BadRow",
    "Credential",
    "CredentialIncident",
    "EndedPart",
    "HeldMeasurement",
    "KeptAnswer",
    "KeptApiVersion",
    "LineBatch",
    "LineStatus",
    "Measurement",
    "MeasurementDay",
    "Subcontractor",
    "SupersededReading",
    "SystemCredential",
    "TargetService",
]
