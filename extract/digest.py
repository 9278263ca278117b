"""The one form of every digest in files, rows and archives."""

import hashlib


def payload_digest(data: bytes) -> str:
    """Return `sha256:` and the lower-case hex of the SHA-256 of `data`."""
    return "sha256:" + hashlib.sha256(data).hexdigest()
