"""How Prefect is set up for us; called before `prefect` is imported, since it reads its environment then."""

import os

from flows.layout import Layout


def prepare_prefect(layout: Layout) -> None:
    """Give Prefect its defaults where the user has set none.

    Its database lies in the data folder, telemetry is off, and the embedded server gets time to start on
    a slow machine (docs/operations.md names each setting).
    """
    defaults = {
        "PREFECT_HOME": str(layout.prefect.resolve()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    }
    layout.prefect.mkdir(parents=True, exist_ok=True)
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
