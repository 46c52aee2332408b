"""Settings for the tests of the law. They use no database."""

from hypothesis import settings

# A busy machine is no mistake of the rules: examples are not timed.
settings.register_profile("terms", deadline=None)
settings.load_profile("terms")
