"""The settings of every contestant, and launch tokens for them."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from urllib.parse import urlencode

ORIGIN = "https://apps.example.test"
APP_URL = ORIGIN + "/launch"
CLIENT_ID = "4f1c0d52-7a35-4c77-9a0e-8f25ab31c9d4"
PROVIDER_ID = "d9b0f4f6-2f0b-4be5-9a36-0c6a2f6f5b11"
WORKER_ID = "0b7e6d1e-8a54-49c1-b7a1-5f3d1e5c2a90"
PATIENT_ID = "3b6a9d52-41c7-4e0b-a8f3-d0925c7e1f64"  # known to the simulator

CLIENT_SECRET = secrets.token_urlsafe(36)
SESSION_KEY = "base64:" + base64.b64encode(secrets.token_bytes(36)).decode()

ENVIRONMENT = {
    "WELKIN_APP_URL": APP_URL,
    "WELKIN_CLIENT_ID": CLIENT_ID,
    "WELKIN_CLIENT_SECRET": CLIENT_SECRET,
    "WELKIN_SESSION_KEY": SESSION_KEY,
    "WELKIN_PROVIDER_ID": PROVIDER_ID,
}


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _signed(key: bytes, kind: str, claims: dict[str, object]) -> str:
    """A token of this `typ`, signed with HS256."""
    header = {"alg": "HS256", "typ": kind}
    signed = ".".join(
        _base64url(json.dumps(part, separators=(",", ":")).encode()) for part in (header, claims)
    )
    mac = hmac.new(key, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_base64url(mac)}"


def session_token(launch: str, patient: str, worker: str, key: str = SESSION_KEY, **changed: object) -> str:
    """A session as welkin-launch signs it (`Sources/Sessions/Session.swift`), valid for an hour."""
    now = int(time.time())
    claims = {"jti": launch, "app": "main", "sub": worker, "pat": patient, "prv": PROVIDER_ID, "iat": now,
              "exp": now + 3600} | changed
    return _signed(base64.b64decode(key.removeprefix("base64:")), "welkin-session", claims)


def launch_token(key: str = CLIENT_SECRET, **changed: object) -> str:
    """A token as Welkin signs it, valid for ten minutes. `changed` replaces claims."""
    claims = {
        "iss": "coach.welkinhealth.com",
        "aud": APP_URL,
        "exp": int(time.time()) + 600,
        "welkin_oauth_client_id": CLIENT_ID,
        "welkin_patient_id": PATIENT_ID,
        "welkin_worker_id": WORKER_ID,
        "welkin_provider_id": PROVIDER_ID,
    } | changed
    return _signed(key.encode(), "JWT", claims)


def launch_body(token: str | None = None) -> str:
    """The form that Welkin's page posts."""
    return urlencode({"token": token or launch_token()})


def wrong_bodies() -> dict[str, str]:
    """Forms that every contestant with the whole job must refuse, by flaw."""
    return {
        "signature": launch_body(launch_token(key="x" * 48)),
        "audience": launch_body(launch_token(aud=APP_URL + "/other")),
        "expiry": launch_body(launch_token(exp=int(time.time()) - 3600)),
        "client": launch_body(launch_token(welkin_oauth_client_id=WORKER_ID)),
        "provider": launch_body(launch_token(welkin_provider_id=WORKER_ID)),
        "worker": launch_body(launch_token(welkin_worker_id="nobody; Path=/")),
    }
