"""The reading room: pages over a published warehouse and the archive. Nothing here writes."""
