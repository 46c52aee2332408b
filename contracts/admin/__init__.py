"""The staff pages of contracts."""
