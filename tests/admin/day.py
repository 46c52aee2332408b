"""The day on which everything stands as tests/admin/world.py makes it, and the document that most of it is under."""

from datetime import date

from tests import factories

TODAY = date(2025, 10, 1)
NOW = factories.at(TODAY)
TERMS = "hikari-line"
AUGUST = date(2025, 8, 1)
