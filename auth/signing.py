"""The one wrapper around python-jose: compact JWS in ES256 under one exact header, and nothing more (F6).

Of an ECDSA signature everybody can make a second one: what is signed is never told apart by its text.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from jose import jwk, jws

ALGORITHM = "ES256"
LONGEST = 4096
COORDINATE_BYTES = 32
_SHAPE = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})")


class Signatures:
    """Signs what is of one kind (`typ`) with a private key, and reads what that key or an earlier one signed.

    A kind that differs is refused, so that what is signed for one purpose cannot be used for another.
    """

    def __init__(self, typ: str, private_key_pem: str, earlier: Sequence[str] = (), *, longest: int = LONGEST) -> None:
        """`earlier`: public keys (PEM) that no longer sign and are still believed."""
        private = serialization.load_pem_private_key(private_key_pem.encode(), password=None)
        publics = [private.public_key(), *(serialization.load_pem_public_key(pem.encode()) for pem in earlier)]
        self.typ = typ
        self.longest = longest
        self._private = jwk.construct(private_key_pem, ALGORITHM)
        self._jwks = [_jwk(public) for public in publics if isinstance(public, EllipticCurvePublicKey)]
        self.kid = self._jwks[0]["kid"]
        self._publics = {
            self._header(each["kid"]): jwk.construct(pem_of(public), ALGORITHM)
            for each, public in zip(self._jwks, publics, strict=True)
        }

    def _header(self, kid: str) -> str:
        header = {"alg": ALGORITHM, "kid": kid, "typ": self.typ}
        return _encoded(json.dumps(header, separators=(",", ":"), sort_keys=True).encode())

    def sign(self, claims: Mapping[str, Any]) -> str:
        """The claims as compact JWS."""
        headers = {"kid": self.kid, "typ": self.typ}
        signed: str = jws.sign(dict(claims), self._private, headers=headers, algorithm=ALGORITHM)
        return signed

    def read(self, text: str) -> dict[str, Any]:
        """The claims of what we signed; ValueError, or whatever else a parser stumbles over, for any other text."""
        require(len(text) <= self.longest)
        shape = _SHAPE.fullmatch(text)
        if shape is None:
            raise ValueError
        # We make one header for each key: looking it up leaves no alg, crit, jku, jwk or x5u to interpret.
        public = self._publics.get(shape[1])
        require(public is not None)
        require(all(_encoded(_decoded(segment)) == segment for segment in shape.groups()))
        claims = json.loads(jws.verify(text, public, algorithms=[ALGORITHM]))
        if not isinstance(claims, dict):
            raise ValueError
        return claims

    def kid_of(self, text: str) -> str:
        """Which key signed what was read."""
        kid: str = json.loads(_decoded(text.partition(".")[0]))["kid"]
        return kid

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """The public keys, the one that signs now first (RFC 7517)."""
        return {"keys": self._jwks}


def require(held: bool) -> None:
    """ValueError unless it held."""
    if not held:
        raise ValueError


def pem_of(public: Any) -> str:
    """A public key as PEM."""
    raw: bytes = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return raw.decode()


def _jwk(public: EllipticCurvePublicKey) -> dict[str, str]:
    """A public key as JWK; its id is its thumbprint (RFC 7638)."""
    numbers = public.public_numbers()
    x, y = (_encoded(each.to_bytes(COORDINATE_BYTES)) for each in (numbers.x, numbers.y))
    told = {"crv": "P-256", "kty": "EC", "x": x, "y": y}
    digest = hashlib.sha256(json.dumps(told, separators=(",", ":"), sort_keys=True).encode()).digest()
    return {**told, "use": "sig", "alg": ALGORITHM, "kid": _encoded(digest)}


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(segment: str) -> bytes:
    return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
