"""One-time codes (TOTP, RFC 6238) through passlib, with the secret sealed at rest."""

import base64
import re
from datetime import datetime

from cryptography.fernet import Fernet
from passlib.exc import TokenError
from passlib.totp import TOTP

_SIX = re.compile(r"[0-9]{6}")
STEP = 30


class Codes:
    """`key`: 32 bytes of our own (`Keys.secret_for("one-time-codes")`).

    Sealed with Fernet and not with passlib's wallet: that one does not notice an edited secret. A seal that does not
    open under our key raises `cryptography.fernet.InvalidToken`: the key file is wrong, and no user can mend it.
    """

    def __init__(self, key: bytes, issuer: str = "Bekwaam") -> None:
        self._seal = Fernet(base64.urlsafe_b64encode(key))
        self._totp = TOTP.using(issuer=issuer, digits=6, alg="sha1", period=STEP)

    def new(self) -> str:
        """A new secret, sealed: what to store."""
        return self._seal.encrypt(self._totp.new().base32_key.encode()).decode()

    def base32(self, secret: str) -> str:
        """The secret in the open, to type into an authenticator; show it once."""
        return self._seal.decrypt(secret.encode()).decode()

    def uri(self, secret: str, label: str) -> str:
        """The `otpauth://` address behind the QR code; `label` is the e-mail address."""
        return str(self._open(secret).to_uri(label=label.replace(":", " ")))

    def verify(self, secret: str, code: str, last_counter: int | None, at: datetime) -> int | None:
        """The counter to keep as the next `last_counter`; None for a wrong, old or used code. One step either way."""
        digits = "".join(code[:20].split())
        if not _SIX.fullmatch(digits):
            return None
        try:
            return int(self._open(secret).match(digits, int(at.timestamp()), STEP, 0, last_counter).counter)
        except TokenError:  # wrong, or used
            return None

    def _open(self, secret: str) -> TOTP:
        return self._totp(self.base32(secret))
