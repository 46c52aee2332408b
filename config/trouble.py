"""What stops a start, said in one line to the person who started us."""


class Trouble(Exception):
    """The text is one line: what is wrong, and what to do about it. Shown without a traceback."""
