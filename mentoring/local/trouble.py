"""What a person is told when local services cannot start."""


class Trouble(Exception):
    """One clear sentence: what is wrong and what to do. Shown without a traceback."""
