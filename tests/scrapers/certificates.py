"""Certificates made for a test: right, expired, short of bits, and by an authority that nobody knows."""

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

HOST = "localhost"
_NOW = datetime.now(UTC)


@dataclass(frozen=True)
class Authority:
    """An authority of one test; `file` holds its own certificate."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    file: Path


def authority(folder: Path) -> Authority:
    """Make an authority and write its certificate below `folder`."""
    key = rsa.generate_private_key(65537, 2048)
    name = _name("Qinghe test authority")
    certificate = (
        _builder(name, name, key.public_key(), days=10)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "authority.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return Authority(key, certificate, file)


def server_context(
    folder: Path, by: Authority, *, host: str = HOST, days: int = 10, bits: int = 2048
) -> ssl.SSLContext:
    """Return the settings of a server with a certificate for `host`; `days` below 0 has expired."""
    key = rsa.generate_private_key(65537, bits)
    certificate = (
        _builder(_name(host), by.certificate.subject, key.public_key(), days=days)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False
        )
        .sign(by.key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(file)
    return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_NOW - timedelta(days=30))
        .not_valid_after(_NOW + timedelta(days=days))
    )
