"""The actions of line information."""
