"""Launch tokens from an independent signer, so that any token, however wrong, can be made."""

import base64
import hashlib
import hmac
import json
import secrets
import time
import uuid
from dataclasses import dataclass, field, replace

HEADER = {"alg": "HS256", "typ": "JWT"}

#: Everything made here that must never turn up in a log: tokens, secrets, ids. Read by test_logs.py.
sensitive: set[str] = set()


def remember(value: str) -> str:
    sensitive.add(value)
    return value


def _guid() -> str:
    return remember(str(uuid.uuid4()))


@dataclass(frozen=True)
class Client:
    """What Welkin and an App agreed on, and who launches: one client of one App."""

    app_url: str
    client_id: str = field(default_factory=lambda: f"client-{uuid.uuid4().hex[:12]}")
    secret: str = field(default_factory=lambda: remember(secrets.token_urlsafe(32)))
    provider: str = field(default_factory=_guid)
    worker: str = field(default_factory=_guid)
    patient: str | None = field(default_factory=_guid)

    def on_patient(self, patient: str | None = "") -> "Client":
        """The same worker on another patient: a new one, the given one, or none (None)."""
        return replace(self, patient=_guid() if patient == "" else patient)

    def claims(self, **changes: object) -> dict[str, object]:
        """A good token's claims; a change to `...` leaves that claim out."""
        good: dict[str, object] = {
            "iss": "coach.welkinhealth.com",
            "aud": self.app_url,
            "exp": int(time.time()) + 600,
            "welkin_oauth_client_id": self.client_id,
            "welkin_worker_id": self.worker,
            "welkin_provider_id": self.provider,
            "welkin_patient_id": self.patient if self.patient is not None else ...,
        }
        good.update(changes)
        return {name: value for name, value in good.items() if value is not ...}

    def token(self, header: dict[str, object] | None = None, secret: str | None = None, **changes: object) -> str:
        """A signed token with `changes` to its claims, maybe under another header or secret."""
        return self.sign(json.dumps(header if header is not None else HEADER),
                         json.dumps(self.claims(**changes)), secret)

    def sign(self, header: str | bytes, payload: str | bytes, secret: str | None = None) -> str:
        """A token over exactly these bytes, whatever they are, with a right signature."""
        return seal(f"{b64(header)}.{b64(payload)}", self.secret if secret is None else secret)


def b64(data: str | bytes) -> str:
    """Canonical base64url without padding (RFC 7515, section 2)."""
    raw = data.encode() if isinstance(data, str) else data
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def mac(signing_input: str, secret: str | bytes, digest: str = "sha256") -> bytes:
    key = secret.encode() if isinstance(secret, str) else secret
    return hmac.new(key, signing_input.encode(), getattr(hashlib, digest)).digest()


def seal(signing_input: str, secret: str | bytes, digest: str = "sha256") -> str:
    """The signing input with its HMAC appended."""
    return remember(f"{signing_input}.{b64(mac(signing_input, secret, digest))}")
