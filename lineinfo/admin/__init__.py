"""The staff pages of lineinfo."""
