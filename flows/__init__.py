"""The hall: Prefect flows, settings and the command line; the only place where rooms meet."""
