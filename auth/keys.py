"""The key file: the keys that sign tokens and documents, and the secret from which all others are derived."""

import base64
import json
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from auth.signing import pem_of
from core.errors import Invalid

SECRET_BYTES = 32
BELONGS = "keys:belong"
"""What the trail calls the noting of the key to which a database belongs."""


@dataclass(frozen=True)
class Keys:
    """ES256 private keys as PEM, and 32 random bytes; none shows in a log."""

    signing_key_pem: str = field(repr=False)
    secret: bytes = field(repr=False)
    document_key_pem: str = field(repr=False)
    """Signs what is handed out and lasts, such as extracts; an older file has one key for both."""
    earlier_document_keys: tuple[str, ...] = ()
    """Public keys (PEM) that signed documents before: those are still checked."""

    @property
    def mark(self) -> str:
        """What names these keys and tells nothing of them: a database notes to which it belongs."""
        return self.secret_for("mark").hex()[:32]

    def secret_for(self, purpose: str) -> bytes:
        """32 bytes for one purpose, so that what leaks in one place opens nothing in another (ASVS v5.0.0-11.2)."""
        return HKDF(hashes.SHA256(), SECRET_BYTES, salt=None, info=b"bekwaam " + purpose.encode()).derive(self.secret)


def new_keys() -> Keys:
    return Keys(_new_key(), secrets.token_bytes(SECRET_BYTES), _new_key())


def _new_key() -> str:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()


def load_or_create(path: Path, *, production: bool = False) -> Keys:
    """Read the key file, or make it (0600) where there is none; of two that make it at once, both get the same."""
    if not path.exists():
        _create(path)
    return load(path, production=production)


def load(path: Path, *, production: bool = False) -> Keys:
    """Read the key file; OSError where there is none.

    Invalid("key-file-open-to-others") in production, Invalid("key-file-broken").
    """
    with path.open("rb") as file:
        # fstat and not stat: of the file that we read, not of the one that lies there now
        if production and os.fstat(file.fileno()).st_mode & 0o077:
            raise Invalid("key-file-open-to-others")
        return _parse(file.read())


def rotate_document_key(path: Path, *, distrust: bool = False) -> Keys:
    """Sign documents with a new key from now on; what the old one signed stays valid unless it is distrusted.

    Running services go on with what they read when they began.
    """
    known = load_or_create(path)
    private = serialization.load_pem_private_key(known.document_key_pem.encode(), password=None)
    kept = () if distrust else (pem_of(private.public_key()),)
    keys = replace(known, document_key_pem=_new_key(), earlier_document_keys=(*kept, *known.earlier_document_keys))
    _write(path, keys, os.replace)
    return keys


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        _write(path, new_keys(), os.link)  # fails where a rename would overwrite what another process just made


def _write(path: Path, keys: Keys, put: Callable[[Path, Path], None]) -> None:
    """Write beside it, and put it there whole."""
    told = {
        "signing_key": keys.signing_key_pem,
        "secret": base64.b64encode(keys.secret).decode(),
        "document_key": keys.document_key_pem,
        "earlier_document_keys": keys.earlier_document_keys,
    }
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(json.dumps(told, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        put(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _parse(text: bytes) -> Keys:
    try:
        found = json.loads(text)
        signing = str(found["signing_key"])
        keys = Keys(
            signing,
            base64.b64decode(found["secret"], validate=True),
            str(found.get("document_key", signing)),
            tuple(str(pem) for pem in found.get("earlier_document_keys", ())),
        )
        private = [
            serialization.load_pem_private_key(pem.encode(), password=None)
            for pem in (keys.signing_key_pem, keys.document_key_pem)
        ]
        earlier = [serialization.load_pem_public_key(pem.encode()) for pem in keys.earlier_document_keys]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Invalid("key-file-broken") from None
    publics = [key.public_key() for key in private if isinstance(key, ec.EllipticCurvePrivateKey)] + earlier
    if len(publics) != len(private) + len(earlier) or not all(map(_is_ours, publics)):
        raise Invalid("key-file-broken")
    if len(keys.secret) != SECRET_BYTES:
        raise Invalid("key-file-broken")
    return keys


def _is_ours(public: object) -> bool:
    return isinstance(public, ec.EllipticCurvePublicKey) and isinstance(public.curve, ec.SECP256R1)
