"""The staff pages of workflow."""

from workflow.admin.approval import ApprovalAdmin
from workflow.admin.role import RoleAdmin
from workflow.admin.state_change import StateChangeAdmin
from workflow.admin.user import UserAdmin

__all__ = ["ApprovalAdmin", "RoleAdmin", "StateChangeAdmin", "UserAdmin"]
