"""The actions of notices."""
