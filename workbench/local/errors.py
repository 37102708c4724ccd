"""What a person is told when the product cannot start: one sentence, no traceback."""


class CannotStart(Exception):
    """A start that cannot succeed as things are; the message is one sentence saying what to do."""


class Stopped(Exception):
    """Ctrl-C or a signal asked for the end while something was under way."""
