"""The warehouse room: DuckDB, from run files (raw) and what was read (core) to tables for analysts (mart)."""
