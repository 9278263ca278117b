"""The root of the project's errors: whatever derives from it is shown as one line, without a traceback."""


class GongkaiError(Exception):
    """Something a person can act on: the message names the file or address, the reason and what to do."""
