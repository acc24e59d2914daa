"""Our own certificate, and a way to make Chromium trust exactly that one."""

import base64
import hashlib
import subprocess
from pathlib import Path


def make_certificate(folder: Path, name: str) -> str:
    """Writes certificate.pem and key.pem; returns the switch for Chromium. (The switch that ignores all
    errors would also keep such responses out of the cache.)"""
    certificate = folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
         "-keyout", folder / "key.pem", "-out", certificate], check=True, capture_output=True)
    public = subprocess.run(
        ["openssl", "x509", "-in", certificate, "-noout", "-pubkey"], check=True, capture_output=True)
    key = subprocess.run(
        ["openssl", "pkey", "-pubin", "-outform", "der"], input=public.stdout, check=True,
        capture_output=True)
    pin = base64.b64encode(hashlib.sha256(key.stdout).digest()).decode()
    return f"--ignore-certificate-errors-spki-list={pin}"
