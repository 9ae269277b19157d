"""The one place that issues and reads access tokens (auth.signing signs them).

A token says who and which session, never what one may do. Whether it still holds is asked of the session: revoke by
`sid` or `jti` and never by the text of a token, for of an ECDSA signature everybody can make a second one.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from auth.signing import Signatures, require
from core.errors import Unauthenticated

LIFETIME = 900
# Seconds that another machine's clock may be ahead of ours when it issues; expiry knows no leeway.
LEEWAY = 5
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
        self._signatures = Signatures("JWT", private_key_pem)
        self.kid = self._signatures.kid
        self.issuer = issuer
        self.audience = audience

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
        return self._signatures.sign(claims), LIFETIME

    def read(self, token: str, now: datetime) -> Claims:
        """Unauthenticated("invalid-token") for anything that we did not issue just so, or not lately."""
        try:
            return self._read(token, int(now.timestamp()))
        except Exception:  # a parser that stumbles is one more way of being no token
            raise Unauthenticated("invalid-token") from None

    def _read(self, token: str, now: int) -> Claims:
        claims = self._signatures.read(token)
        require(claims.keys() == _CLAIMS)
        require(claims["iss"] == self.issuer and claims["aud"] == self.audience)
        times = [claims["iat"], claims["nbf"], claims["exp"]]
        require(all(type(moment) is int for moment in times))  # neither True nor 1e999
        issued_at, not_before, expires_at = times
        require(max(issued_at, not_before) <= now + LEEWAY and now < expires_at <= issued_at + LIFETIME)
        return Claims(*(uuid.UUID(claims[name]) for name in ("sub", "sid", "jti")))
