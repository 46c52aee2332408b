"""The staff pages of billing."""
