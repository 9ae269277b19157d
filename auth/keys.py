"""The key file: the key that signs tokens, and the secret from which all others are derived."""

import base64
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.errors import Invalid

SECRET_BYTES = 32


@dataclass(frozen=True)
class Keys:
    """An ES256 private key as PEM, and 32 random bytes; neither shows in a log."""

    signing_key_pem: str = field(repr=False)
    secret: bytes = field(repr=False)

    def secret_for(self, purpose: str) -> bytes:
        """32 bytes for one purpose, so that what leaks in one place opens nothing in another (ASVS v5.0.0-11.2)."""
        return HKDF(hashes.SHA256(), SECRET_BYTES, salt=None, info=b"bekwaam " + purpose.encode()).derive(self.secret)


def new_keys() -> Keys:
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Keys(pem.decode(), secrets.token_bytes(SECRET_BYTES))


def load_or_create(path: Path, *, production: bool = False) -> Keys:
    """Read the key file, or make it (0600) where there is none; of two that make it at once, both get the same.

    Invalid("key-file-open-to-others") in production, Invalid("key-file-broken").
    """
    if not path.exists():
        _create(path)
    with path.open("rb") as file:
        # fstat and not stat: of the file that we read, not of the one that lies there now
        if production and os.fstat(file.fileno()).st_mode & 0o077:
            raise Invalid("key-file-open-to-others")
        return _parse(file.read())


def _create(path: Path) -> None:
    keys = new_keys()
    text = json.dumps({"signing_key": keys.signing_key_pem, "secret": base64.b64encode(keys.secret).decode()}, indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)  # fails where a rename would overwrite the key that another process just made
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
        keys = Keys(str(found["signing_key"]), base64.b64decode(found["secret"], validate=True))
        key = serialization.load_pem_private_key(keys.signing_key_pem.encode(), password=None)
    except (ValueError, KeyError, TypeError):
        raise Invalid("key-file-broken") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Invalid("key-file-broken")
    if len(keys.secret) != SECRET_BYTES:
        raise Invalid("key-file-broken")
    return keys
