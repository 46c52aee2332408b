"""CSV files of billing: measured use, and prices planned ahead. All rows or none."""
