"""Who acts, what changed, and what two people had to agree on."""

from workflow.models.approval import Approval
from workflow.models.machine import Machine
from workflow.models.state_change import StateChange
from workflow.models.state_field import StateField
from workflow.models.user import User

__all__ = ["Approval", "Machine", "StateChange", "StateField", "User"]
