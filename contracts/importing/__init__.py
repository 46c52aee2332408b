"""Reading subscribers and contracts from a CSV file: all rows or none."""
