"""Who may ask about which lines, and what there is to tell."""

from lineinfo.models.api_call import ApiCall
from lineinfo.models.api_contract import ApiContract
from lineinfo.models.api_user import ApiUser
from lineinfo.models.credential import Credential
from lineinfo.models.line_record import LineStatus, Measurement

__all__ = ["ApiCall", "ApiContract", "ApiUser", "Credential", "LineStatus", "Measurement"]
