"""A space between day and time, as everywhere else on these pages."""

DATETIME_FORMAT = "Y年n月j日 G:i"
