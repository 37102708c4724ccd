"""What a person is told when the product cannot start: one sentence, no traceback."""


class StartError(Exception):
    """A start that cannot succeed as things are; the message is one sentence saying what to do."""


class StopError(Exception):
    """Ctrl-C or a signal asked for the end while something was under way."""
