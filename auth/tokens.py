"""The one place that signs and reads access tokens: ES256 through python-jose, and nothing else that it can do (F6).

A token says who and which session, never what one may do. Whether it still holds is asked of the session: revoke by
`sid` or `jti` and never by the text of a token, for of an ECDSA signature everybody can make a second one.
"""

import base64
import hashlib
import json
import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from cryptography.hazmat.primitives import serialization
from jose import jwk, jws

from core.errors import Unauthenticated

ALGORITHM = "ES256"
LIFETIME = 900
# Seconds that another machine's clock may be ahead of ours when it issues; expiry knows no leeway.
LEEWAY = 5
LONGEST = 4096
_SHAPE = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})")
_CLAIMS = frozenset({"iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"})


@dataclass(frozen=True)
class Claims:
    """Who (`sub`, an account), in which session, by which token."""

    sub: uuid.UUID
    sid: uuid.UUID
    jti: uuid.UUID


class Tokens:
    """Issues and reads tokens of one issuer, for one audience, under one key."""

    def __init__(self, private_key_pem: str, issuer: str, audience: str) -> None:
        private = serialization.load_pem_private_key(private_key_pem.encode(), password=None)
        public = private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self._private = jwk.construct(private_key_pem, ALGORITHM)
        self._public = jwk.construct(public.decode(), ALGORITHM)
        self.kid = hashlib.sha256(public).hexdigest()[:16]
        self.issuer = issuer
        self.audience = audience
        header = {"alg": ALGORITHM, "kid": self.kid, "typ": "JWT"}
        self._header = _encoded(json.dumps(header, separators=(",", ":"), sort_keys=True).encode())

    def issue(self, account_id: uuid.UUID, session_id: uuid.UUID, now: datetime) -> tuple[str, int]:
        """A token, and the seconds that it lives. `now` is the machine's time."""
        at = int(now.timestamp())
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": str(account_id),
            "sid": str(session_id),
            "jti": str(uuid.uuid4()),
            "iat": at,
            "nbf": at,
            "exp": at + LIFETIME,
        }
        return jws.sign(claims, self._private, headers={"kid": self.kid}, algorithm=ALGORITHM), LIFETIME

    def read(self, token: str, now: datetime) -> Claims:
        """Unauthenticated("invalid-token") for anything that we did not issue just so, or not lately."""
        try:
            return self._read(token, int(now.timestamp()))
        except Exception:  # a parser that stumbles is one more way of being no token
            raise Unauthenticated("invalid-token") from None

    def _read(self, token: str, now: int) -> Claims:
        _require(len(token) <= LONGEST)
        shape = _SHAPE.fullmatch(token)
        if shape is None:
            raise ValueError
        # We issue one header only: comparing it leaves no alg, kid, crit, jku, jwk or x5u to interpret.
        _require(shape[1] == self._header)
        _require(all(_encoded(_decoded(segment)) == segment for segment in shape.groups()))
        claims = json.loads(jws.verify(token, self._public, algorithms=[ALGORITHM]))
        _require(isinstance(claims, dict) and claims.keys() == _CLAIMS)
        _require(claims["iss"] == self.issuer and claims["aud"] == self.audience)
        times = [claims["iat"], claims["nbf"], claims["exp"]]
        _require(all(type(moment) is int for moment in times))  # neither True nor 1e999
        issued_at, not_before, expires_at = times
        _require(max(issued_at, not_before) <= now + LEEWAY and now < expires_at <= issued_at + LIFETIME)
        return Claims(*(uuid.UUID(claims[name]) for name in ("sub", "sid", "jti")))


def _require(held: bool) -> None:
    if not held:
        raise ValueError


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(segment: str) -> bytes:
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
