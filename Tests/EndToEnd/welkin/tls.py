"""A certificate authority and a server certificate, made for one test run."""

import base64
import hashlib
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .paths import tool


@dataclass(frozen=True)
class Certificate:
    authority: Path
    certificate: Path
    key: Path
    #: base64 of SHA-256 over the public key, as Chromium's allow-list of keys wants it.
    spki: str


def self_signed(folder: Path, name: str) -> Certificate:
    """Makes a certificate that nobody vouches for but itself."""
    subprocess.run([tool("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", "own.key", "-out", "own.pem", "-days", "2", "-subj", f"/CN={name}",
                    "-addext", f"subjectAltName=DNS:{name}"], cwd=folder, check=True, capture_output=True)
    return Certificate(folder / "own.pem", folder / "own.pem", folder / "own.key", "")


def make(folder: Path, names: list[str], days: int = 2) -> Certificate:
    """Makes an authority and, signed by it, a certificate that is good for all `names`, for some days from now; with
    a negative number it ended then."""
    def openssl(*words: str | Path, output: bool = False) -> bytes:
        done = subprocess.run([tool("openssl"), *map(str, words)], cwd=folder, check=True, capture_output=True)
        return done.stdout if output else b""

    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
            "-subj", "/CN=Welkin Apps test authority",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign")
    openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", f"/CN={names[0]}")
    extensions = folder / "server.ext"
    extensions.write_text(
        "subjectAltName=" + ",".join(f"DNS:{name}" for name in names)
        + "\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
            "-days", str(days), "-extfile", extensions, "-out", "server.pem")
    public = openssl("pkey", "-in", "server.key", "-pubout", "-outform", "DER", output=True)
    spki = base64.b64encode(hashlib.sha256(public).digest()).decode()
    return Certificate(folder / "ca.pem", folder / "server.pem", folder / "server.key", spki)
