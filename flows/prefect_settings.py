"""How Prefect is set up for us; called before `prefect` is imported, since it reads its environment then."""

import os

from flows.layout import Layout


def prepare_prefect(layout: Layout) -> None:
    """Give Prefect its defaults where the user has set none.

    Its database lies in the data folder and telemetry is off. It keeps its log to itself: a command tells
    what failed in a line of its own. A server that has died is not waited for: 2 more tries are 6 s.
    """
    defaults = {
        "PREFECT_HOME": str(layout.prefect.resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
        "PREFECT_CLIENT_MAX_RETRIES": "2",
        "PREFECT_API_REQUEST_TIMEOUT": "20",
    }
    layout.prefect.mkdir(parents=True, exist_ok=True)
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
