"""The warehouse room: DuckDB, from run files (raw) and what was read (core) to views for analysts (mart)."""
