"""The staff pages of notices."""
