"""Conditions that the triggers of several models share."""

import pgtrigger


def changed(*fields: str) -> pgtrigger.Q:
    """That an update gives any of these fields another value; NULL counts as one."""
    differing = [pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")}) for field in fields]
    return pgtrigger.Q(*differing, _connector="OR")
