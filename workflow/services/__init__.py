"""The actions of workflow."""
