"""Pure functions: bytes in, documents and metrics out. No network, no database, no clock: `records.read`."""
