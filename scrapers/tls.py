"""TLS: certificates are checked everywhere, and exceptions are made for one host each, by its site file.

Many office servers still answer with what OpenSSL refuses by default. Each exception loosens one check, and a
run says which it used (OpenSSL 3 manual: SSL_CTX_set_security_level, SSL_CTX_set_options).
"""

import ssl
from collections.abc import Collection
from typing import Literal

import certifi

Accepted = Literal["weak_keys", "tls1_0", "legacy_renegotiation", "unverified"]

_LEGACY_SERVER_CONNECT = 0x4  # SSL_OP_LEGACY_SERVER_CONNECT; the ssl module names it from Python 3.12 on


def tls_context(accepted: Collection[Accepted] = ()) -> ssl.SSLContext:
    """Return the settings for connections that accept what is named.

    `weak_keys`: short keys, SHA-1 and RSA key exchange; `tls1_0`: TLS 1.0 and 1.1; `legacy_renegotiation`:
    servers without RFC 5746; `unverified`: any certificate at all.
    """
    context = ssl.create_default_context(cafile=certifi.where())
    if not {"weak_keys", "tls1_0"}.isdisjoint(accepted):
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    if "tls1_0" in accepted:
        context.minimum_version = ssl.TLSVersion.TLSv1
    if "legacy_renegotiation" in accepted:
        context.options |= _LEGACY_SERVER_CONNECT
    if "unverified" in accepted:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
