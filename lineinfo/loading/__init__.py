"""From the bytes of a delivery to rows in the tables: read in parts, so that memory does not grow with the file."""
