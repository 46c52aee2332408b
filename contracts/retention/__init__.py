"""How long data are kept: the categories, which each room registers, their periods, and what is held."""
