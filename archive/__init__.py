"""Bytes that last: WARC files written, read, repaired and checked, and the run files beside them."""
