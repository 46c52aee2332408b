"""The actions of billing."""
